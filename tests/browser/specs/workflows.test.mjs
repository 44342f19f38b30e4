// Making, changing and running workflows, as a person would.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { answer, ask, launch, openExampleWorkflow, openPage, saveKey, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser, page;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });
beforeEach(async () => {
  page = await openPage(browser, servers.origin);
  await signUp(page);
});

test('without a key a run says so and leads to Settings', async () => {
  await openExampleWorkflow(page);
  await ask(page, 'hello');
  const link = page.getByRole('main').getByRole('link', { name: 'Add your key in Settings' });
  await link.waitFor();
  await link.click();
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  assert.deepEqual(servers.seenByProviders(), []);
});

test('a run shows its steps and its answer, and it can be copied', async () => {
  await saveKey(page);
  await openExampleWorkflow(page);
  await ask(page, 'what is a key ring?');
  await answer(page).getByText('gpt-3.5-turbo (simulated) heard: what is a key ring?').waitFor();
  await page.getByRole('button', { name: 'Model, gpt-3.5-turbo, Done' }).waitFor();
  await page.getByText(/ran on your OpenAI key sk-\.\.\.X8d2/).waitFor();
  await page.getByRole('button', { name: 'Copy answer' }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('what is a key ring?'));
  assert.deepEqual(page.complaints, []);
});

test('a provider that refuses is told at the step', async () => {
  await saveKey(page);
  await openExampleWorkflow(page);
  await ask(page, '[sim:no-credit]');
  await page.getByRole('button', { name: 'Model, gpt-3.5-turbo, Failed' }).waitFor();
  await page.getByText(/credit/i).first().waitFor();
});

test('a run goes on over a reload, says how far it is, and can be cancelled', async () => {
  await saveKey(page);
  await openExampleWorkflow(page);
  await ask(page, '[sim:stall]');
  await page.getByRole('button', { name: 'Model, gpt-3.5-turbo, Running' }).waitFor();
  assert.match(page.url(), /\/workflows\/[^/]+\/runs\/[^/]+$/);
  await page.reload();
  await page.getByRole('button', { name: 'Model, gpt-3.5-turbo, Running' }).waitFor();
  await page.getByText('Step 2 of 3', { exact: true }).waitFor();
  assert.equal(await page.getByRole('progressbar', { name: 'Progress of the run' }).getAttribute('max'), '3');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The run was cancelled.').first().waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
});

test('the history leads to each run with its logs', async () => {
  await saveKey(page);
  await openExampleWorkflow(page);
  await ask(page, 'first');
  await answer(page).getByText('heard: first').waitFor();
  await ask(page, 'second');
  await answer(page).getByText('heard: second').waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  const runs = page.getByRole('list', { name: 'Runs' }).getByRole('link');
  await runs.nth(1).waitFor();
  assert.equal(await runs.count(), 2);
  await runs.nth(1).click();
  await answer(page).getByText('heard: first').waitFor();
  await page.goBack();
  await runs.first().waitFor();
});

test('a step is changed, its model chosen from those that the keys reach, and what is wrong told at its field', async () => {
  await saveKey(page);
  await openExampleWorkflow(page);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: /^Model, / }).click();
  await page.getByLabel('Models that your keys reach').selectOption('gpt-4o');
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some((input) => input.value === 'gpt-4o'));
  await page.getByLabel('Temperature').fill('warm');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.waitForFunction(() => document.activeElement.getAttribute('aria-invalid') === 'true');
  await page.getByLabel('Temperature').fill('0.5');
  await page.keyboard.press('Control+S');
  await page.getByText('All changes are saved.').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Model, gpt-4o' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some((input) => input.value === '0.5'));
});

test('steps are added, connected and removed by plain forms', async () => {
  await openExampleWorkflow(page);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('New step').selectOption('agent');
  await page.getByLabel('Comes after').selectOption('question');
  await page.getByRole('button', { name: 'Add step' }).click();
  await page.getByRole('heading', { name: 'Agent: Agent' }).waitFor();
  await page.getByRole('checkbox', { name: 'Calculator' }).click();
  await page.getByRole('checkbox', { name: 'Calculator', checked: true }).waitFor();
  await page.getByRole('button', { name: /^Answer, / }).click();
  await page.getByLabel('Also after').selectOption('agent');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Disconnect Agent' }).waitFor();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('All changes are saved.').waitFor();
  await page.getByRole('button', { name: /^Agent, / }).click();
  await page.getByRole('checkbox', { name: 'Calculator', checked: true }).waitFor();
  await page.getByRole('button', { name: 'Remove step' }).click();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByRole('button', { name: /^Agent, / }).waitFor();
});

test('an input is added by name, asked for by a run, and handed to the step that names it', async () => {
  await saveKey(page);
  await openExampleWorkflow(page);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: /^Question, / }).click();
  await page.getByLabel('Another input').fill('tone');
  await page.getByRole('button', { name: 'Add input' }).click();
  await page.getByLabel('Tone', { exact: true }).fill('kind');
  await page.getByRole('button', { name: /^Model, / }).click();
  await page.getByLabel('System prompt').fill('Be {{tone}}.');
  await page.getByLabel('Longest time').fill('30');
  await page.getByRole('link', { name: 'Run' }).click();
  assert.equal(await page.getByLabel('Tone', { exact: true }).inputValue(), 'kind');
  await ask(page, 'Why?');
  await answer(page).getByText('heard:', { exact: false }).first().waitFor();
});

test('a workflow is exported, imported from the file, renamed and deleted', async () => {
  await openExampleWorkflow(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export as JSON' }).click()]);
  assert.equal(download.suggestedFilename(), 'ask-a-model.json');
  const file = await download.path();
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).name, 'Ask a model');

  await page.goto('/workflows/new');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose a file' }).click()]);
  await chooser.setFiles(file);
  await page.waitForFunction(() => document.querySelector('textarea').value.includes('canvas_state'));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { name: 'Ask a model 2' }).waitFor();

  await page.getByRole('button', { name: 'Rename workflow' }).click();
  await page.getByRole('heading', { name: 'Edit Ask a model 2' }).waitFor();
  await page.waitForFunction(() => document.activeElement.value === 'Ask a model 2');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Renamed');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('heading', { name: 'Edit Renamed' }).waitFor();
  await page.getByRole('button', { name: 'Delete workflow' }).click();
  await page.getByRole('button', { name: 'Really delete workflow' }).click();
  await page.getByRole('list', { name: 'Your workflows' }).getByRole('link').first().waitFor();
  assert.equal(await page.getByRole('link', { name: 'Renamed' }).count(), 0);
});

test('a workflow is there by its address, and tabs go back and forward with what was typed', async () => {
  await openExampleWorkflow(page);
  const address = page.url();
  await page.getByLabel('Question', { exact: true }).fill('kept?');
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Description').fill('changed');
  await page.goBack();
  assert.equal(await page.getByLabel('Question', { exact: true }).inputValue(), 'kept?');
  await page.goForward();
  assert.equal(await page.getByLabel('Description').inputValue(), 'changed');
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(address);
  await page.getByLabel('Model', { exact: true }).waitFor();
});

test('keys lead to pages, but not while something is typed; being offline is said', async () => {
  await page.goto('/workflows');
  await page.getByRole('heading', { name: 'Workflows', level: 1 }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('heading', { name: 'New workflow', level: 1 }).waitFor();
  await page.getByLabel('JSON of a workflow').pressSequentially('kw?');
  await page.getByRole('heading', { name: 'New workflow', level: 1 }).waitFor();
  await page.context().setOffline(true);
  await page.getByText('You are offline.', { exact: false }).waitFor();
  await page.context().setOffline(false);
  await page.getByText('You are offline.', { exact: false }).waitFor({ state: 'detached' });
});
