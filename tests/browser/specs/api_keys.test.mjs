import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { card, keys, launch, openPage, saveKey, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser, page;
before(async () => { servers = await startServers([], ['--custom-endpoints', 'llm.example.org']); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });
beforeEach(async () => {
  page = await openPage(browser, servers.origin);
  await signUp(page);
  await page.goto('/settings/keys');
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
});

const field = (provider) => page.getByLabel(`${provider} key`, { exact: true });
const button = (name) => page.getByRole('button', { name, exact: true });

test('each provider has a card that says that no key is set', async () => {
  for (const provider of ['OpenAI', 'Google Gemini', 'Anthropic']) await card(page, provider).getByText('Not set', { exact: true }).waitFor();
});

test('a key is hidden until it is shown', async () => {
  await field('OpenAI').fill(keys.openai);
  assert.equal(await field('OpenAI').getAttribute('type'), 'password');
  await button('Show OpenAI key').click();
  await button('Hide OpenAI key').waitFor();
  assert.equal(await field('OpenAI').getAttribute('type'), 'text');
  await button('Hide OpenAI key').click();
  await button('Show OpenAI key').waitFor();
  assert.equal(await field('OpenAI').getAttribute('type'), 'password');
  assert.equal(await field('OpenAI').inputValue(), keys.openai);
});

test('Enter saves, the field empties, the mask stays after a reload, and the key is nowhere in the page', async () => {
  await field('OpenAI').fill(`  ${keys.openai} `);
  await page.keyboard.press('Enter');
  await card(page, 'OpenAI').getByText('sk-...X8d2', { exact: true }).waitFor();
  assert.equal(await field('OpenAI').inputValue(), '');
  await page.reload();
  await card(page, 'OpenAI').getByText('sk-...X8d2', { exact: true }).waitFor();
  const everything = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.equal(everything.includes(keys.openai), false);
});

test('a typed key is verified without being stored', async () => {
  await field('Anthropic').fill(keys.anthropic);
  await button('Verify Anthropic key').click();
  await card(page, 'Anthropic').getByText('Verified', { exact: true }).waitFor();
  assert.equal(await field('Anthropic').inputValue(), keys.anthropic, 'what was typed stays');
  await page.reload();
  await card(page, 'Anthropic').getByText('Not set', { exact: true }).waitFor();
});

test('a stored key is verified, and the result is kept', async () => {
  await saveKey(page, 'Google Gemini', keys.google);
  await button('Verify Google Gemini key').click();
  await card(page, 'Google Gemini').getByText('Verified', { exact: true }).waitFor();
  await page.reload();
  await card(page, 'Google Gemini').getByText('Verified', { exact: true }).waitFor();
});

test('a refused key says what to do and is not lost', async () => {
  await field('OpenAI').fill('sk-sim-openai-rejected-0123456789');
  await button('Verify OpenAI key').click();
  await card(page, 'OpenAI').getByText('Rejected', { exact: true }).waitFor();
  assert.equal(await field('OpenAI').getAttribute('aria-invalid'), 'true');
  assert.equal(await field('OpenAI').inputValue(), 'sk-sim-openai-rejected-0123456789');
});

test('an empty key is an error at its field', async () => {
  await button('Save OpenAI key').click();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  assert.equal(await field('OpenAI').evaluate((element) => element === document.activeElement), true);
});

test('removing asks first, and focus returns to the field', async () => {
  await saveKey(page);
  await button('Remove OpenAI key').click();
  await button('Keep OpenAI key').click();
  await card(page, 'OpenAI').getByText('sk-...X8d2', { exact: true }).waitFor();
  await button('Remove OpenAI key').click();
  await button('Really remove OpenAI key').click();
  await card(page, 'OpenAI').getByText('Not set', { exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
  assert.equal(await field('OpenAI').evaluate((element) => element === document.activeElement), true);
});

test('everything works by keyboard alone', async () => {
  await field('OpenAI').focus();
  await page.keyboard.type(keys.openai);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent), 'Show OpenAI key');
  await page.keyboard.press('Space');
  await button('Hide OpenAI key').waitFor();
  for (let i = 0; i < 4; ++i) {
    const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
    if (name === 'Save OpenAI key') break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await card(page, 'OpenAI').getByText('Saved', { exact: true }).waitFor();
});

test('several keys of a provider: added, renamed, ordered, one removed', async () => {
  await saveKey(page);
  await button('Add another OpenAI key').click();
  await page.getByLabel('Label', { exact: true }).fill('work');
  await field('OpenAI').fill(keys.openai.replace('browser', 'second'));
  await page.keyboard.press('Enter');
  const openai = card(page, 'OpenAI');
  await openai.getByText('work', { exact: true }).waitFor();
  await button('Verify OpenAI key work').click();
  await openai.getByText('Verified', { exact: true }).waitFor();

  await button('Rename OpenAI key work').click();
  await page.getByLabel('New label').fill('team');
  await page.keyboard.press('Enter');
  await openai.getByText('team', { exact: true }).waitFor();

  const failover = openai.getByRole('checkbox', { name: 'Use the next key when one fails' });
  await failover.click();
  await button('Move up OpenAI key team').click();
  await button('Move up OpenAI key default').waitFor();
  assert.equal(await failover.getAttribute('aria-checked'), 'true');

  await button('Remove OpenAI key default').click();
  await button('Really remove OpenAI key default').click();
  await openai.getByText('default', { exact: true }).waitFor({ state: 'detached' });
  await openai.getByText('team', { exact: true }).waitFor();
});

test('a key pasted into the card of another provider can be moved to its own', async () => {
  await field('OpenAI').fill(keys.anthropic);
  await card(page, 'OpenAI').getByText('This looks like an Anthropic key.').waitFor();
  await button('Use it for Anthropic').click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT' && document.activeElement.value !== '');
  assert.equal(await field('Anthropic').inputValue(), keys.anthropic);
  assert.equal(await field('OpenAI').inputValue(), '');
});

test('an address of a service that is not allowed here is told at its field', async () => {
  await page.getByLabel('Base URL').fill('https://llm.example.com/v1');
  await field('OpenAI-compatible').fill('some-key-0123456789');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  assert.equal(await page.getByLabel('Base URL').getAttribute('aria-invalid'), 'true');
});

test('a replaced key can be brought back, and it is said for how long', async () => {
  await saveKey(page);
  await field('OpenAI').fill(keys.openai.replace('X8d2', 'Q9w8'));
  await page.keyboard.press('Enter');
  await card(page, 'OpenAI').getByText(/is kept until .* for 9 minutes from now/).waitFor();
  await button('Undo replacing the OpenAI key').click();
  await card(page, 'OpenAI').getByText('sk-...X8d2', { exact: true }).waitFor();
});
