// No page has a barrier that axe finds: light and dark, with and without errors, on the canvas and without WebGL. Over a canvas
// the elements' own text is transparent, so contrast is measured where they are all that is seen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { answer, ask, card, launch, openExampleWorkflow, openPage, saveKey, signUp, withoutWebGl } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let servers;
before(async () => { servers = await startServers(); });
after(async () => { await servers?.stop(); });

async function barriers(page) {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return {
    violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`),
    contrasts: passes.find(({ id }) => id === 'color-contrast')?.nodes.length ?? 0,
  };
}

async function tour(page) {
  const found = {};
  const look = async (name) => { found[name] = await barriers(page); };
  await page.goto('/login');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await look('login');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForFunction(() => document.querySelector('[aria-invalid=true]'));
  await look('login with errors');
  await signUp(page);
  await saveKey(page);
  await page.getByLabel('Anthropic key', { exact: true }).fill('sk-ant-sim-rejected-0123456789');
  await page.getByRole('button', { name: 'Verify Anthropic key' }).click();
  await card(page, 'Anthropic').getByText('Rejected', { exact: true }).waitFor();
  await look('keys with an error');
  await page.goto('/settings/account');
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
  await look('account');
  for (const name of ['Preferences', 'Activity', 'Usage']) {
    await page.goto(`/settings/${name.toLowerCase()}`);
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await look(name);
  }
  await page.goto('/workflows');
  await page.getByRole('heading', { name: 'Workflows' }).waitFor();
  await look('workflows');
  await openExampleWorkflow(page);
  await ask(page, 'hello');
  await answer(page).getByText('heard: hello').waitFor();
  await look('a workflow with its answer');
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Model, gpt-3.5-turbo' }).click();
  await page.getByLabel('Temperature').fill('warm');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.waitForFunction(() => document.querySelector('[aria-invalid=true]'));
  await look('editing with an error');
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('list', { name: 'Runs' }).getByRole('link').first().waitFor();
  await look('history');
  for (const [address, heading] of [['/workflows/new', 'New workflow'], ['/shortcuts', 'Keyboard shortcuts']]) {
    await page.goto(address);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await look(address);
  }
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Usage' }).click();
  await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  await look('a session that has ended');
  return found;
}

for (const [how, { flags, options }] of [['canvas', { flags: [], options: {} }], ['without WebGL', withoutWebGl]]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`no page has a barrier that axe finds (${how}, ${colorScheme})`, async () => {
      const browser = await launch(flags);
      try {
        const page = await openPage(browser, servers.origin, { colorScheme, ...options });
        for (const [name, { violations, contrasts }] of Object.entries(await tour(page))) {
          assert.deepEqual(violations, [], name);
          if (how !== 'canvas') assert.ok(contrasts > 3, `${name}: contrast was measured`);
        }
      } finally {
        await browser.close();
      }
    });
  }
}
