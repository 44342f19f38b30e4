// What the page costs: its size on the wire, its first frame, a frame of very much content, and that it rests when nothing
// happens.
//   node page.mjs ROWS.json
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { countFrames, framesAsked, launch, openPage, signUp } from '../browser/support/browser.mjs';
import { startServers } from '../browser/support/servers.mjs';

const loads = 9;
const idleSeconds = 10;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const built = path.join(process.env.OWNKEY_BUILD ?? path.join(root, 'build/release'), 'web');

const say = (text) => console.error(text);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

// Of all files as they are sent, each compressed by brotli beforehand.
function kilobytesOnTheWire() {
  const files = readdirSync(built, { recursive: true }).filter((name) => name.endsWith('.br'));
  return files.reduce((sum, name) => sum + statSync(path.join(built, name)).size, 0) / 1000;
}

// The page marks its first frame on its root element; the frame is seen when the browser draws next.
async function firstFrame(browser, origin) {
  const page = await openPage(browser, origin);
  await page.addInitScript(() => {
    const look = () => {
      if (document.documentElement?.classList.contains('ready'))
        requestAnimationFrame(() => { window.firstFrame = performance.now(); });
      else requestAnimationFrame(look);
    };
    look();
  });
  await page.goto('/login');
  await page.waitForFunction(() => window.firstFrame);
  const took = await page.evaluate(() => window.firstFrame);
  await page.context().close();
  return took;
}

// Seconds of a processor that the page's own processes have used by now: its renderer, and what draws for it.
async function processorSeconds(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const used = processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  if (used === 0) throw new Error('the browser does not tell what its processes use');
  return used;
}

async function rest(browser, origin) {
  const page = await openPage(browser, origin);
  await countFrames(page);
  await signUp(page);
  await page.goto('/settings/keys');
  await page.getByLabel('OpenAI key', { exact: true }).waitFor();
  await page.waitForTimeout(2000);
  const session = await browser.newBrowserCDPSession();
  const frames = await framesAsked(page);
  await page.waitForTimeout(5000);
  const framesLater = await framesAsked(page);
  const begin = await processorSeconds(session);
  await page.waitForTimeout(idleSeconds * 1000);
  const end = await processorSeconds(session);
  return { frames: framesLater - frames, percent: ((end - begin) / idleSeconds) * 100 };
}

// A workflow as large as the server takes: rows of five models that each hand on to the next.
function largeWorkflow() {
  const models = Array.from({ length: 998 }, (_, i) => `m${i}`);
  const place = (row, column) => ({ x: 220 * column, y: 90 * row });
  return {
    nodes: [
      { id: 'q', type: 'input', data: { label: 'Question' }, position: place(0, 0) },
      ...models.map((id, i) => ({ id, type: 'llm', data: { label: `Model ${i}`, model: 'gpt-3.5-turbo', prompt: '{{q}}' },
        position: place(1 + Math.floor(i / 5), 1 + (i % 5)) })),
      { id: 'a', type: 'output', data: { label: 'Answer' }, position: place(300, 0) },
    ],
    edges: models.flatMap((id, i) => [{ source: i % 5 ? `m${i - 1}` : 'q', target: id }, ...(i % 5 === 4 ? [{ source: id, target: 'a' }] : [])]),
  };
}

// Milliseconds of script in a frame while the pointer moves over much content: a workflow of 1,000 nodes, 100 keys.
async function largeFrames(browser, origin) {
  const page = await openPage(browser, origin);
  await signUp(page);
  const send = async (path, data) => (await page.request.post(path, { data, headers: { 'X-Ownkey': '1', Origin: origin } })).json();
  const workflow = await send('/api/workflows', { name: 'Large', canvas_state: largeWorkflow() });
  for (let i = 0; i < 100; ++i) await send('/api/settings/credentials', { provider: 'openai', label: `key-${i}`, api_key: `sk-sim-openai-bench-0123456789-${i}` });
  await page.addInitScript(() => {
    const request = window.requestAnimationFrame.bind(window);
    window.took = [];
    window.requestAnimationFrame = (draw) => request((now) => {
      const begin = performance.now();
      draw(now);
      window.took.push(performance.now() - begin);
    });
  });
  const frames = [];
  for (const address of [`/workflows/${workflow.id}`, '/settings/keys']) {
    await page.goto(address);
    await page.waitForFunction(() => document.querySelectorAll('#mirror .leaf').length > 400);
    await page.waitForTimeout(1000);
    await page.evaluate(() => { window.took = []; });
    for (let i = 0; i < 30; ++i) {
      await page.mouse.move(500 + 3 * i, 300 + 5 * i);
      await page.waitForTimeout(30);
    }
    frames.push(median(await page.evaluate(() => window.took)));
  }
  return frames;
}

const servers = await startServers();
const browser = await launch();
try {
  const frames = [];
  await firstFrame(browser, servers.origin);  // the browser's own first use of what it draws with
  for (let i = 1; i <= loads; ++i) {
    say(`loading the page ${i}/${loads}`);
    frames.push(await firstFrame(browser, servers.origin));
  }
  say('drawing a large workflow and many keys');
  const [workflow, keys] = await largeFrames(browser, servers.origin);
  say('watching the page rest');
  const resting = await rest(browser, servers.origin);
  const row = (name, value, unit, limit) =>
    ({ name, value, unit, at_most: limit, verdict: value <= limit ? 'met' : 'missed' });
  const rows = [
    row('web app on the wire, all files, brotli', kilobytesOnTheWire(), 'KB', 180),
    row('first frame of the page, median', median(frames), 'ms', 300),
    row('script of a frame, a workflow of 1,000 nodes', workflow, 'ms', 2),
    row('script of a frame, 100 keys', keys, 'ms', 2),
    row('frames asked for in 5 s without input', resting.frames, '', 0),
    row('processor while the page rests', resting.percent, '%', 0.4),
  ];
  writeFileSync(process.argv[2], JSON.stringify(rows, null, 2));
  process.exitCode = rows.every(({ verdict }) => verdict === 'met') ? 0 : 1;
} finally {
  await browser.close();
  await servers.stop();
}
