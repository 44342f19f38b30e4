// What holds on every page: real addresses, room on small screens, a strict policy.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openExampleWorkflow, openPage, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });

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

const addresses = ['/settings/keys', '/settings/account', '/settings/preferences', '/settings/activity', '/settings/usage', '/workflows',
  '/workflows/new', '/shortcuts'];

for (const [how, textScale] of [['a narrow page', 1], ['text of twice the size on a narrow page', 2]]) {
  test(`${how} does not scroll sideways`, async () => {
    const page = await openPage(browser, servers.origin, { viewport: { width: 320, height: 640 } });
    await signUp(page);
    await page.evaluate((scale) => localStorage.setItem('look', JSON.stringify({ scale })), textScale);
    for (const address of addresses) {
      await page.goto(address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const [content, room, size] = await page.evaluate(() =>
        [document.documentElement.scrollWidth, document.documentElement.clientWidth, parseFloat(getComputedStyle(document.documentElement).fontSize)]);
      assert.equal(size, 16 * textScale);
      assert.ok(content <= room, `${address} is ${content} px wide in ${room} px`);
      // Clipped is not fitting: what cannot be scrolled to must not stick out either.
      const outside = await page.evaluate(() => [...document.querySelectorAll('#mirror .leaf')]
        .filter((leaf) => leaf.getBoundingClientRect().right > innerWidth + 1 && leaf.dataset.look !== 'skip').map((leaf) => leaf.outerHTML));
      assert.deepEqual(outside, [], address);
    }
  });
}

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
