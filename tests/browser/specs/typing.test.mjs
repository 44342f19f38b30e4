// What people expect of any page: text entry, selection, search and menus are the browser's own.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, openPage } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser, page;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });
beforeEach(async () => {
  page = await openPage(browser, servers.origin);
  await page.goto('/login');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

test('paste, undo and redo are native', async () => {
  const email = page.getByLabel('Email');
  await email.click();
  await page.evaluate(() => navigator.clipboard.writeText('ada@example.com'));
  await page.keyboard.press('ControlOrMeta+V');
  assert.equal(await email.inputValue(), 'ada@example.com');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('zoë');
  await page.keyboard.press('ControlOrMeta+Z');
  const undone = await email.inputValue();
  assert.notEqual(undone, 'zoë');
  await page.keyboard.press('ControlOrMeta+Shift+Z');
  assert.notEqual(await email.inputValue(), undone);
});

test('text is composed by an input method, and the page lets it', async () => {
  await page.goto('/register');
  const name = page.getByLabel('Name', { exact: false }).first();
  await name.click();
  const session = await page.context().newCDPSession(page);
  for (const text of ['n', 'に', 'にほ', 'にほん']) {
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(50);  // frames are drawn meanwhile
    assert.equal(await name.inputValue(), text);
  }
  await session.send('Input.insertText', { text: '日本' });
  await page.getByLabel('Email').fill('composed@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  assert.equal(await name.inputValue(), '日本');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).waitFor();
  await page.goto('/settings/account');
  const kept = page.getByRole('region', { name: 'Profile' }).getByLabel('Name', { exact: true });
  await kept.waitFor();
  assert.equal(await kept.inputValue(), '日本');
});

test('a part of a field is selected and cut with the keyboard', async () => {
  const email = page.getByLabel('Email');
  await email.fill('ada@example.com');
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; ++i) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ControlOrMeta+X');
  assert.equal(await email.inputValue(), '@example.com');
  assert.equal(await clipboard(), 'ada');
});

test('text of the page is selected with the mouse, copied, and found', async () => {
  const text = page.getByText('Welcome back.', { exact: false });
  const box = await text.boundingBox();
  await page.mouse.move(box.x + 1, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.press('ControlOrMeta+C');
  assert.match(await clipboard(), /^Welcome ba/);
  await page.evaluate(() => getSelection().removeAllRanges());
  assert.equal(await page.evaluate(() => window.find('keys and workflows')), true);
  assert.equal(await page.evaluate(() => getSelection().toString()), 'keys and workflows');
});

test('the browser\'s own menu opens on text, links and fields', async () => {
  await page.evaluate(() => {
    window.menus = [];
    addEventListener('contextmenu', (event) => window.menus.push([event.target.localName, event.defaultPrevented]));
  });
  await page.getByRole('heading', { name: 'Sign in' }).click({ button: 'right' });
  await page.keyboard.press('Escape');
  await page.getByLabel('Email').click({ button: 'right' });
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Create an account' }).click({ button: 'right' });
  assert.deepEqual(await page.evaluate(() => window.menus), [['h1', false], ['input', false], ['a', false]]);
  assert.equal(new URL(page.url()).pathname, '/login');
});
