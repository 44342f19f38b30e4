// The real server over a fresh data folder, and simulated providers, for as long as a test file runs.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const programs = process.env.OWNKEY_BUILD ?? path.join(root, 'build/release');

// Starts a program and waits for its line that ends in an address.
function start(name, args) {
  const child = spawn(path.join(programs, name), args, { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`${name} did not start: ${output}`));
    const timer = setTimeout(fail, 20_000);
    child.stderr.on('data', (data) => { output += data; });
    child.stdout.on('data', (data) => {
      output += data;
      const address = /(http:\/\/\S+)\n/.exec(output);
      if (!address) return;
      clearTimeout(timer);
      resolve({ child, origin: address[1], log: () => output });
    });
    child.on('exit', fail);
  });
}

function ended(child) {
  return new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM'); });
}

export async function startServers(simulatorFlags = [], serverFlags = []) {
  const folder = mkdtempSync(path.join(tmpdir(), 'ownkey-browser-'));
  const simulatorLog = path.join(folder, 'simulator.log');
  const simulator = await start('ownkey-provider-sim', ['--listen', '127.0.0.1:0', '--log', simulatorLog, ...simulatorFlags]);
  const server = await start('ownkey', ['serve', '--data', path.join(folder, 'data'), '--listen', '127.0.0.1:0',
    '--openai-base-url', `${simulator.origin}/v1`, '--anthropic-base-url', simulator.origin,
    '--google-base-url', `${simulator.origin}/v1beta`, ...serverFlags]);
  return {
    origin: server.origin,
    serverLog: server.log,
    // What the providers were asked: [{provider, path, key, model, status}].
    seenByProviders: () => readFileSync(simulatorLog, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)),
    async stop() {
      await ended(server.child);
      await ended(simulator.child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
