// The provider simulator as a program, for as long as a test file runs.
import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const program = path.join(process.env.OWNKEY_BUILD ?? path.join(root, 'build/release'), 'ownkey-provider-sim');

const [openai, anthropic, google] = execFileSync(program, ['--print-keys'], { encoding: 'utf8' }).trim().split('\n');
export const keys = { openai, anthropic, google };

export function startSimulator() {
  const child = spawn(program, ['--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the simulator did not start')));
    child.stdout.on('data', (data) => {
      const address = /(http:\/\/\S+)\n/.exec(data);
      if (address) resolve({ origin: address[1], stop: () => child.kill('SIGTERM') });
    });
  });
}
