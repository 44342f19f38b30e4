// What is seen, in pixels, on screens of several pixel ratios: the canvas's text is as sharp as the browser's own, lies
// where the elements over it are, and stays when a field gets the focus and the browser paints it instead.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openPage, screen, signUp } from '../support/browser.mjs';
import { crop, difference, edgeContrast, inkBox, picture } from '../support/pixels.mjs';
import { startServers } from '../support/servers.mjs';

let servers;
before(async () => { servers = await startServers(); });
after(async () => { await servers?.stop(); });

const twoFrames = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

// The middle of the page; at all ratios its sides are whole device pixels.
const middle = { x: 400, y: 120, width: 480, height: 480 };

// Texts on plain ground within a part of the page, each with the rectangle of its ink and a little around it: in device
// pixels, from the corner of that part.
const texts = (page, part) => page.evaluate((part) =>
  [...document.querySelectorAll('h1.leaf, h2.leaf, p.leaf, label.leaf')].map((element) => {
    const range = document.createRange(), out = 3;
    range.selectNodeContents(element);
    const { left, right, top, bottom } = range.getBoundingClientRect(), ratio = devicePixelRatio;
    const x = Math.floor((left - out - part.x) * ratio), y = Math.floor((top - 1 - part.y) * ratio);
    const width = Math.ceil((right + out - part.x) * ratio) - x, height = Math.ceil((bottom + 1 - part.y) * ratio) - y;
    return { text: element.textContent, box: { x, y, width, height } };
  }).filter(({ box: { x, y, width, height } }) => x >= 0 && y >= 0 && x + width <= part.width * devicePixelRatio && y + height <= part.height * devicePixelRatio),
  part);

async function compareWithNativeText(page, part, ratio) {
  const painted = await picture(page, part);
  await page.evaluate(() => document.documentElement.classList.add('fallback'));
  await twoFrames(page);
  const native = await picture(page, part);
  await page.evaluate(() => document.documentElement.classList.remove('fallback'));
  await twoFrames(page);
  const all = await texts(page, part);
  assert.ok(all.length > 0, 'there is text to see');
  for (const { text, box } of all) {
    const ours = crop(painted, box), theirs = crop(native, box);
    const sharpness = edgeContrast(ours) / edgeContrast(theirs);
    assert.ok(sharpness >= 0.95, `"${text}" has ${sharpness.toFixed(3)} of the edge contrast of the browser's text`);
    const at = inkBox(ours), wanted = inkBox(theirs);
    for (const side of ['left', 'top', 'right', 'bottom'])
      assert.ok(Math.abs(at[side] - wanted[side]) <= ratio, `"${text}" is off by ${at[side] - wanted[side]} device pixels (${side})`);
  }
}

async function textStays(page, field) {
  const box = await field.boundingBox(), inner = 7;
  const clip = { x: Math.ceil(box.x) + inner, y: Math.ceil(box.y) + inner, width: Math.floor(box.width) - 2 * inner, height: Math.floor(box.height) - 2 * inner };
  await field.focus();
  await field.evaluate((element) => { element.style.caretColor = 'transparent'; });
  await twoFrames(page);
  const byBrowser = await picture(page, clip);
  await field.blur();
  await twoFrames(page);
  assert.ok(inkBox(byBrowser).right > 20, 'there is text to see');
  const most = difference(byBrowser, await picture(page, clip));
  assert.ok(most <= 3, `a pixel differs by ${most} of 255`);
}

for (const ratio of [1, 1.25, 1.5, 2, 3]) {
  test(`text is sharp, in its place, and stays in it (${ratio} device pixels)`, async () => {
    const { flags, options } = screen(ratio);
    const browser = await launch(flags);
    try {
      const page = await openPage(browser, servers.origin, options);
      await page.goto('/login');
      await page.getByLabel('Email').fill('ada.lovelace@example.com');
      await page.getByLabel('Password', { exact: true }).fill('correct horse');
      await page.getByLabel('Password', { exact: true }).blur();
      assert.equal(await page.evaluate(() => devicePixelRatio), ratio);
      await compareWithNativeText(page, middle, ratio);
      for (const label of ['Email', 'Password']) await textStays(page, page.getByLabel(label, { exact: true }));
    } finally {
      await browser.close();
    }
  });
}

test('a page of many screens is as sharp, wherever one scrolls to', async () => {
  const browser = await launch();
  try {
    const screenful = { x: 0, y: 0, width: 1280, height: 180 };
    const page = await openPage(browser, servers.origin, { viewport: { width: 1280, height: 180 } });
    await signUp(page);
    await page.goto('/settings/keys');
    await page.getByLabel('Anthropic key', { exact: true }).waitFor();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(height > 5 * 180, `${height} px are many screens`);
    for (const name of ['Anthropic', 'OpenAI', 'Google Gemini']) {
      await page.getByRole('heading', { name, exact: true }).evaluate((heading) => heading.scrollIntoView({ block: 'center' }));
      await twoFrames(page);
      await compareWithNativeText(page, screenful, 1);
    }
  } finally {
    await browser.close();
  }
});
