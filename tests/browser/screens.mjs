// Takes the screenshots in docs/screens: every page, light and dark, on a desk and on a phone. Run with `npm run screens`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer, ask, card, keys, launch, openExampleWorkflow, openPage, saveKey, signUp } from './support/browser.mjs';
import { startServers } from './support/servers.mjs';

const folder = process.argv[2] ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../docs/screens');
mkdirSync(folder, { recursive: true });

const desk = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const sets = [['light', { ...desk, colorScheme: 'light' }], ['dark', { ...desk, colorScheme: 'dark' }],
  ['phone-light', { ...phone, colorScheme: 'light' }], ['phone-dark', { ...phone, colorScheme: 'dark' }]];

const servers = await startServers();
const browser = await launch();
for (const [name, options] of sets) {
  const page = await openPage(browser, servers.origin, options);
  const take = async (what) => {
    await page.mouse.move(0, 0);
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(folder, `${what}-${name}.png`) });
  };
  const takeAll = async (what) => {
    await page.mouse.move(0, 0);
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(folder, `${what}-${name}.png`), fullPage: true });
  };

  await page.goto('/login');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await take('login');
  await signUp(page, `ada-${name}@example.com`);
  await take('keys-empty');

  await saveKey(page, 'OpenAI', keys.openai);
  await page.getByRole('button', { name: 'Verify OpenAI key' }).click();
  await card(page, 'OpenAI').getByText('Verified', { exact: true }).waitFor();
  await page.waitForTimeout(5500); // until the toast has gone
  await take('keys');
  await page.getByLabel('Anthropic key', { exact: true }).fill('sk-ant-sim-rejected-0123456789');
  await page.getByRole('button', { name: 'Verify Anthropic key' }).click();
  await card(page, 'Anthropic').getByText('Rejected', { exact: true }).waitFor();
  await take('keys-rejected');

  await saveKey(page, 'OpenAI', keys.openai.replace('browser', 'next'));
  await card(page, 'OpenAI').getByRole('button', { name: 'Undo' }).waitFor();
  await card(page, 'OpenAI').getByRole('button', { name: /^Remove / }).click();
  await page.waitForTimeout(5500);
  await take('keys-replaced');

  await page.getByRole('button', { name: /^Keep / }).click();
  await page.getByRole('button', { name: 'Add another OpenAI key' }).click();
  await page.getByLabel('Label', { exact: true }).fill('work');
  await page.getByLabel('OpenAI key', { exact: true }).fill(keys.openai.replace('browser', 'second'));
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'Use the next key when one fails' }).click();
  await page.getByRole('button', { name: 'Verify OpenAI key work' }).click();
  await card(page, 'OpenAI').getByText('Verified', { exact: true }).first().waitFor();
  await page.waitForTimeout(5500);
  await take('keys-several');

  await page.goto('/settings/account');
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
  await take('account');
  await page.goto('/workflows');
  await page.getByText('You have no workflows yet', { exact: false }).waitFor();
  await take('workflows-empty');
  await page.goto('/workflows/new');
  await page.getByRole('heading', { name: 'Compare two providers' }).waitFor();
  await take('workflow-new');
  await openExampleWorkflow(page, 'Classify, then answer');
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: /^A complaint\?/ }).click();
  await page.getByLabel('Input to look at').waitFor();
  await takeAll('workflow-edit');
  await openExampleWorkflow(page);
  await ask(page, '[sim:stall]');
  await page.getByRole('button', { name: /Model, .*Running/ }).waitFor();
  await take('workflow-running');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The run was cancelled.').first().waitFor();
  await ask(page, '[sim:no-credit]');
  await page.getByRole('button', { name: /Model, .*Failed/ }).waitFor();
  await take('workflow-failed');
  await ask(page, 'In one sentence: why should everybody bring their own key?');
  await answer(page).getByText('heard:', { exact: false }).first().waitFor();
  await takeAll('workflow');
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('list', { name: 'Runs' }).getByRole('link').first().waitFor();
  await take('workflow-history');
  await page.goto('/workflows');
  await page.getByRole('list', { name: 'Your workflows' }).getByRole('link').first().waitFor();
  await take('workflows');
  await page.goto('/shortcuts');
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  await take('shortcuts');

  for (const name of ['Usage', 'Activity', 'Preferences']) {
    await page.goto(`/settings/${name.toLowerCase()}`);
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await take(name.toLowerCase());
  }
  await page.goto('/settings/account');
  await page.getByRole('button', { name: 'Set up two-factor sign-in' }).click();
  await page.getByLabel('Your password', { exact: true }).fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  await take('two-factor');
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Workflows' }).click();
  await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  await take('session-ended');
  await page.context().close();
}
await browser.close();
await servers.stop();
