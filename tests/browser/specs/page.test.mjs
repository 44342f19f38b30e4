// What holds on every page: access for everybody, real addresses, rest while nothing happens, a strict policy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { answer, ask, card, keys, launch, openExampleWorkflow, openPage, saveKey, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let servers, browser;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });

async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
}

for (const colorScheme of ['light', 'dark']) {
  test(`no page has a barrier that axe finds (${colorScheme})`, async () => {
    const page = await openPage(browser, servers.origin, { colorScheme });
    const found = {};
    const look = async (name) => { found[name] = await violations(page); };
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
    await page.getByRole('link', { name: /UTC|2026/ }).first().waitFor();
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
    for (const [name, list] of Object.entries(found)) assert.deepEqual(list, [], name);
  });
}

test('back and forward go through the pages, and titles follow', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  await page.goto('/settings/keys');
  await page.getByRole('link', { name: 'Account' }).click();
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
  assert.match(await page.title(), /Account/);
  await page.goBack();
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  assert.match(await page.title(), /API keys/);
  await page.goForward();
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/settings/account');
});

test('links open in a new tab like links', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  await page.goto('/settings/keys');
  const link = page.getByRole('link', { name: 'Account' });
  for (const how of [{ modifiers: ['ControlOrMeta'] }, { button: 'middle' }]) {
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click(how)]);
    await tab.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
    await tab.close();
  }
  assert.equal(new URL(page.url()).pathname, '/settings/keys');
});

test('nothing runs while nothing happens, also with a focused field', async () => {
  const page = await openPage(browser, servers.origin);
  await page.addInitScript(() => {
    const request = window.requestAnimationFrame.bind(window);
    window.framesAsked = 0;
    window.requestAnimationFrame = (callback) => { ++window.framesAsked; return request(callback); };
  });
  await signUp(page);
  await page.goto('/settings/keys');
  await page.getByLabel('OpenAI key', { exact: true }).focus();
  await page.waitForTimeout(1500);
  const before = await page.evaluate(() => window.framesAsked);
  assert.ok(before > 0, 'frames are counted');
  await page.waitForTimeout(5000);
  assert.equal(await page.evaluate(() => window.framesAsked), before);
});

test('typing is native: paste, undo, select, accents', async () => {
  const page = await openPage(browser, servers.origin);
  await page.goto('/login');
  const email = page.getByLabel('Email');
  await email.click();
  await page.evaluate(() => navigator.clipboard.writeText('ada@example.com'));
  await page.keyboard.press('ControlOrMeta+V');
  assert.equal(await email.inputValue(), 'ada@example.com');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('zoë');
  await page.keyboard.press('ControlOrMeta+Z');
  assert.notEqual(await email.inputValue(), 'zoë');
});

test('the page works without WebGL, and when its context is lost', async () => {
  const plain = await launch(['--disable-gpu', '--disable-3d-apis']);
  try {
    const page = await openPage(plain, servers.origin);
    await signUp(page);
    await saveKey(page);
    await page.screenshot();
  } finally {
    await plain.close();
  }
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  await page.goto('/settings/keys');
  await page.getByLabel('OpenAI key', { exact: true }).fill(keys.openai);
  await page.evaluate(() => document.querySelector('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext());
  await page.waitForTimeout(200);
  assert.equal(await page.getByLabel('OpenAI key', { exact: true }).inputValue(), keys.openai, 'what was typed stays');
  await page.getByRole('button', { name: 'Save OpenAI key' }).click();
  await card(page, 'OpenAI').getByText('Saved', { exact: true }).waitFor();
});

test('a narrow page does not scroll sideways', async () => {
  const page = await openPage(browser, servers.origin, { viewport: { width: 320, height: 640 } });
  await signUp(page);
  for (const address of ['/settings/keys', '/settings/account', '/settings/preferences', '/settings/activity', '/settings/usage', '/workflows', '/workflows/new',
    '/shortcuts']) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const [content, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(content <= room, `${address} is ${content} px wide in ${room} px`);
  }
});

test('the policy is strict and the browser has nothing to complain about', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  const answer = await page.goto('/settings/keys');
  const policy = answer.headers()['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  await page.getByRole('heading', { name: 'API keys' }).waitFor();
  await openExampleWorkflow(page);
  assert.deepEqual(page.complaints, []);
});

test('an address that leads nowhere says so and leads home', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  for (const address of ['/nowhere', '/settings/nowhere', '/workflows/a/b', '/workflows/a/runs/b/c']) {
    await page.goto(address);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  }
});
