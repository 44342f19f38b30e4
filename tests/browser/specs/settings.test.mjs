// Preferences, activity and usage.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { ask, launch, openExampleWorkflow, openPage, saveKey, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser, page;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });
beforeEach(async () => {
  page = await openPage(browser, servers.origin);
  await signUp(page);
});

const button = (name) => page.getByRole('button', { name, exact: true });

async function open(address, heading) {
  await page.goto(address);
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
}

test('a theme is seen at once, kept by Save, and there before anything is drawn the next time', async () => {
  await open('/settings/preferences', 'Preferences');
  await button('Dark').click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await button('150 %').click();
  await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === '24px');
  await button('Save preferences').click();
  await page.getByText('Preferences saved').first().waitFor();
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => { window.themeAtStart = document.documentElement.dataset.theme; });
  });
  await page.reload();
  await page.getByRole('heading', { name: 'Preferences', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => window.themeAtStart), 'dark');
  assert.equal(await button('Dark').getAttribute('aria-pressed'), 'true');
  const kept = await page.evaluate(() => Object.keys(localStorage));
  assert.deepEqual(kept, ['look'], 'nothing but the look is kept in the browser');

  const elsewhere = await openPage(browser, servers.origin);
  await elsewhere.context().addCookies(await page.context().cookies());
  await elsewhere.goto('/settings/keys');
  await elsewhere.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
});

test('default provider, model and time of a run are kept, and mistakes told in place', async () => {
  await open('/settings/preferences', 'Preferences');
  await page.getByLabel('Default provider').selectOption('openai');
  await page.getByLabel('Default model', { exact: true }).fill('gpt-3.5-turbo');
  const timeout = page.getByLabel('Longest time of a run', { exact: false });
  await timeout.fill('forever');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  await timeout.fill('600');
  await page.keyboard.press('Enter');
  await page.getByText('Preferences saved').first().waitFor();
  await page.reload();
  await page.getByLabel('Default provider').waitFor();
  assert.equal(await page.getByLabel('Default provider').inputValue(), 'openai');
  assert.equal(await page.getByLabel('Default model', { exact: true }).inputValue(), 'gpt-3.5-turbo');
  assert.equal(await timeout.inputValue(), '600');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme ?? ''), '', 'the theme is as the system has it');
});

test('activity tells in sentences what was done, newest first', async () => {
  await saveKey(page);
  await open('/settings/activity', 'Activity');
  await page.getByText('OpenAI key saved', { exact: true }).waitFor();
  const entries = page.getByRole('listitem');
  assert.match(await entries.first().textContent(), /OpenAI key saved/);
  assert.match(await entries.last().textContent(), /Account created/);
});

test('usage is a picture with a table, and a key is held to a monthly limit', async () => {
  await open('/settings/usage', 'Usage');
  await page.getByText('Nothing was used yet', { exact: false }).waitFor();
  await saveKey(page);
  await openExampleWorkflow(page);
  await ask(page, 'hello');
  await page.getByText('heard: hello', { exact: false }).first().waitFor();
  await open('/settings/usage', 'Usage');
  await page.getByRole('img', { name: /^Tokens of each day/ }).waitFor();
  await page.getByRole('table', { name: 'Tokens by day' }).getByRole('rowheader').first().waitFor();
  await button('Model').click();
  await page.getByRole('table', { name: 'Tokens by model' }).getByRole('rowheader', { name: 'gpt-3.5-turbo' }).waitFor();
  await page.getByLabel(/^Monthly limit of OpenAI key/).fill('1,000,000');
  await page.keyboard.press('Enter');
  await page.getByText('of 1,000,000 tokens used', { exact: false }).waitFor();
  assert.deepEqual(page.complaints, []);
});
