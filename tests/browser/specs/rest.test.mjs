// The page rests while nothing happens, moves only where motion is wanted, and gets over the loss of what it draws with.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, card, countFrames, framesAsked, keys, launch, openExampleWorkflow, openPage, saveKey, signUp } from '../support/browser.mjs';
import { difference, picture } from '../support/pixels.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });

test('nothing runs while nothing happens, also with a focused field', async () => {
  const page = await openPage(browser, servers.origin);
  await countFrames(page);
  await signUp(page);
  await page.goto('/settings/keys');
  await page.getByLabel('OpenAI key', { exact: true }).focus();
  await page.waitForTimeout(1500);
  const before = await framesAsked(page);
  assert.ok(before > 0, 'frames are counted');
  await page.waitForTimeout(5000);
  assert.equal(await framesAsked(page), before);
});

test('a pointer asks for frames when it comes to something else, not while it moves over it', async () => {
  const page = await openPage(browser, servers.origin);
  await countFrames(page);
  await signUp(page);
  await page.goto('/settings/keys');
  const { x, y } = await page.getByLabel('OpenAI key', { exact: true }).boundingBox();
  await page.mouse.move(x + 20, y + 10, { steps: 10 });
  await page.mouse.move(x + 60, y + 10, { steps: 10 });
  await page.waitForTimeout(500);
  const before = await framesAsked(page);
  await page.mouse.move(x + 20, y + 10, { steps: 10 });
  await page.waitForTimeout(500);
  assert.equal(await framesAsked(page), before);
  await page.mouse.move(x + 20, y - 10, { steps: 10 });
  await page.waitForTimeout(500);
  assert.ok(await framesAsked(page) > before);
});

for (const reducedMotion of ['no-preference', 'reduce']) {
  test(`a running step ${reducedMotion === 'reduce' ? 'stands still where motion is not wanted' : 'turns its mark'}`, async () => {
    const page = await openPage(browser, servers.origin, { reducedMotion });
    await countFrames(page);
    await signUp(page);
    await saveKey(page);
    await openExampleWorkflow(page);
    await ask(page, '[sim:stall]');
    await page.getByRole('button', { name: 'Model, gpt-3.5-turbo, Running' }).waitFor();
    await page.waitForTimeout(500);
    const before = await framesAsked(page), seconds = 3;
    await page.waitForTimeout(seconds * 1000);
    const rate = (await framesAsked(page) - before) / seconds;
    if (reducedMotion === 'reduce') assert.ok(rate <= 4, `${rate} frames a second`);
    else assert.ok(rate > 4, `${rate} frames a second`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The run was cancelled.').first().waitFor();
  });
}

test('when the context of the canvas is lost the page goes on, and it is drawn again when it comes back', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  await page.goto('/settings/keys');
  const field = page.getByLabel('OpenAI key', { exact: true });
  const inFallback = (wanted) => page.waitForFunction((value) => document.documentElement.classList.contains('fallback') === value, wanted);
  await field.fill(keys.openai);
  await field.blur();
  await page.waitForTimeout(200);
  const before = await picture(page);
  await page.evaluate(() => {
    window.loser = document.querySelector('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    window.loser.loseContext();
  });
  await inFallback(true);
  assert.equal(await field.inputValue(), keys.openai, 'what was typed stays');
  await page.getByRole('button', { name: 'Show OpenAI key' }).click();
  await page.getByRole('button', { name: 'Hide OpenAI key' }).click();
  await page.evaluate(() => window.loser.restoreContext());
  await inFallback(false);
  assert.equal(await field.inputValue(), keys.openai);
  await page.getByRole('button', { name: 'Show OpenAI key' }).blur();
  await page.mouse.move(2, 2);
  await page.waitForTimeout(200);
  assert.ok(difference(before, await picture(page)) <= 2, 'the picture is what it was');
  await page.getByRole('button', { name: 'Save OpenAI key' }).click();
  await card(page, 'OpenAI').getByText('Saved', { exact: true }).waitFor();
  assert.deepEqual(page.complaints, []);
});
