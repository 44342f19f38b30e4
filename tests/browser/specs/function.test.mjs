// The second of the mission's three tests: add an OpenAI key in Settings, run a workflow on a GPT model, it works.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answer, ask, card, keys, launch, openPage, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });

test('function: sign up, add an OpenAI key in Settings, run a workflow on gpt-3.5-turbo', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);

  await page.getByRole('link', { name: 'API Keys' }).click();
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  await page.getByLabel('OpenAI key', { exact: true }).fill(keys.openai);
  await page.getByRole('button', { name: 'Verify OpenAI key' }).click();
  await card(page, 'OpenAI').getByText('Verified', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Save OpenAI key' }).click();
  await card(page, 'OpenAI').getByText('sk-...X8d2', { exact: true }).waitFor();
  assert.equal(await page.getByLabel('OpenAI key', { exact: true }).inputValue(), '', 'the field is empty after saving');

  await page.getByRole('link', { name: 'Workflows' }).click();
  await page.getByRole('link', { name: 'New workflow' }).click();
  await page.getByRole('button', { name: 'Use this workflow: Ask a model' }).click();
  await ask(page, 'what is a key ring?');
  await answer(page).getByText('gpt-3.5-turbo (simulated) heard: what is a key ring?').waitFor();
  await page.getByText('sk-...X8d2').first().waitFor();

  const calls = servers.seenByProviders().filter((call) => call.model === 'gpt-3.5-turbo');
  assert.equal(calls.length, 1);
  assert.equal(calls[0].key, keys.openai, 'the provider saw the key that was pasted');
  assert.deepEqual(page.complaints, []);
});
