import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, openExampleWorkflow, openPage, saveKey, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser, page;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });
beforeEach(async () => {
  page = await openPage(browser, servers.origin);
  await signUp(page);
});

const run = async (prompt) => {
  await page.getByLabel('Model', { exact: true }).fill('gpt-3.5-turbo');
  await page.getByLabel('Prompt', { exact: true }).fill(prompt);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
};
const answer = () => page.getByRole('region', { name: 'Answer' });

test('without a key a run says so and leads to Settings', async () => {
  await openExampleWorkflow(page);
  await run('hello');
  const link = page.getByRole('main').getByRole('link', { name: 'Add your key in Settings' });
  await link.waitFor();
  await link.click();
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  assert.deepEqual(servers.seenByProviders(), []);
});

test('a run shows its answer, and it can be copied', async () => {
  await saveKey(page);
  await openExampleWorkflow(page);
  await run('what is a key ring?');
  await answer().getByText('gpt-3.5-turbo (simulated) heard: what is a key ring?').waitFor();
  await page.getByRole('button', { name: 'Copy answer' }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('what is a key ring?'));
});

test('a provider that refuses is told at the node', async () => {
  await saveKey(page);
  await openExampleWorkflow(page);
  await run('[sim:no-credit]');
  await page.getByText(/credit/i).first().waitFor();
});

test('a run can be cancelled while the provider is silent', async () => {
  await saveKey(page);
  await openExampleWorkflow(page);
  await run('[sim:stall]');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
});

test('a stored workflow is there after a reload and by its address', async () => {
  await openExampleWorkflow(page);
  const address = page.url();
  assert.match(address, /\/workflows\/[a-z0-9]+$/);
  await page.goto('/settings/account');
  await page.goto(address);
  await page.getByLabel('Model', { exact: true }).waitFor();
  await page.goto('/workflows');
  await page.getByRole('link', { name: /Ask a model/ }).first().click();
  await page.getByLabel('Prompt', { exact: true }).waitFor();
  assert.equal(page.url(), address);
});
