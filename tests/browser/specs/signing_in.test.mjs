import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, keys, launch, openPage, signIn, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });

test('a page that needs a session leads to sign-in and back', async () => {
  const page = await openPage(browser, servers.origin);
  const email = await signUp(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto('/settings/account');
  assert.match(page.url(), /\/login\?next=%2Fsettings%2Faccount$/);
  await signIn(page, email);
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/settings/account');
});

test('next leads to pages of this site alone', async () => {
  const page = await openPage(browser, servers.origin);
  const email = await signUp(page);
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await signIn(page, email);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    assert.equal(new URL(page.url()).origin, servers.origin);
  }
});

test('mistakes are shown in their fields and lose nothing that was typed', async () => {
  const page = await openPage(browser, servers.origin);
  await page.goto('/register');
  await page.getByLabel('Email').fill('nobody');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.keyboard.press('Enter');
  const email = page.getByLabel('Email');
  await page.getByText('name@example.com').first().waitFor();
  assert.equal(await email.getAttribute('aria-invalid'), 'true');
  assert.equal(await email.evaluate((element) => element === document.activeElement), true, 'focus is on the first bad field');
  assert.equal(await email.inputValue(), 'nobody');
  assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), 'short');
});

test('an address that has an account is told at the field', async () => {
  const page = await openPage(browser, servers.origin);
  const email = await signUp(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto('/register');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('there is an account with this e-mail address', { exact: false }).first().waitFor();
  assert.equal(await page.getByLabel('Email').inputValue(), email);
});

test('a wrong password is said without telling which of the two is wrong', async () => {
  const page = await openPage(browser, servers.origin);
  await page.goto('/login');
  await signIn(page, 'nobody@example.com', 'a wrong password');
  await page.getByText('the e-mail address or the password is wrong', { exact: false }).first().waitFor();
});

test('password managers find a real form', async () => {
  const page = await openPage(browser, servers.origin);
  await page.goto('/login');
  const password = page.getByLabel('Password', { exact: true });
  await password.waitFor();
  assert.equal(await page.getByLabel('Email').getAttribute('autocomplete'), 'username');
  assert.equal(await password.getAttribute('autocomplete'), 'current-password');
  assert.equal(await password.getAttribute('type'), 'password');
  assert.equal(await password.evaluate((element) => element.form !== null), true);
  await page.goto('/register');
  assert.equal(await page.getByLabel('Password', { exact: true }).getAttribute('autocomplete'), 'new-password');
});

test('a session that ends is signed in to again over the page, and what was asked for is done then', async () => {
  const page = await openPage(browser, servers.origin);
  const email = await signUp(page);
  await page.goto('/settings/keys');
  await page.getByLabel('Google Gemini key', { exact: true }).fill(keys.google);
  await page.getByLabel('OpenAI key', { exact: true }).fill(keys.openai);
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Save OpenAI key' }).click();

  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  const password = dialog.getByLabel('Password', { exact: true });
  await password.waitFor();
  assert.equal(new URL(page.url()).pathname, '/settings/keys');
  assert.equal(await dialog.getByLabel('Email').inputValue(), email);
  assert.equal(await dialog.getByLabel('Email').isEditable(), false);
  assert.equal(await password.evaluate((element) => element.form !== null), true);
  assert.equal(await password.evaluate((element) => element === document.activeElement), true);
  for (let i = 0; i < 8; ++i) {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement === document.body ||
      document.activeElement.closest('[role=dialog]') !== null), true, 'the keyboard stays in the dialog');
  }

  await password.fill('a wrong password');
  await page.keyboard.press('Enter');
  await dialog.getByText('the e-mail address or the password is wrong', { exact: false }).waitFor();
  await password.fill('correct horse battery');
  await page.keyboard.press('Enter');
  await card(page, 'OpenAI').getByText('Saved', { exact: true }).waitFor();
  assert.equal(await dialog.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Save OpenAI key');
  assert.equal(await page.getByLabel('Google Gemini key', { exact: true }).inputValue(), keys.google);
  assert.deepEqual(page.complaints, []);
});

test('somebody else can sign in after a session has ended, and finds nothing of the first', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  await page.goto('/settings/keys');
  await page.getByLabel('OpenAI key', { exact: true }).fill(keys.openai);
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Workflows' }).click();
  await page.getByRole('link', { name: 'Sign in as somebody else' }).click();
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  assert.equal(await page.getByLabel('Email').inputValue(), '');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await signUp(page);
  await page.goto('/settings/keys');
  assert.equal(await page.getByLabel('OpenAI key', { exact: true }).inputValue(), '');
});

test('two people in two browsers see nothing of each other', async () => {
  const ada = await openPage(browser, servers.origin);
  const bob = await openPage(browser, servers.origin);
  const emailOfAda = await signUp(ada);
  const emailOfBob = await signUp(bob);
  await ada.goto('/settings/account');
  await bob.goto('/settings/account');
  await ada.getByText(emailOfAda).first().waitFor();
  await bob.getByText(emailOfBob).first().waitFor();
  assert.equal(await bob.getByText(emailOfAda).count(), 0);
});

// Regression: a key saved in a tab of one person went to the account of another who had signed in in a second tab.
test('a page of one person does not act for another who signed in since', async () => {
  const first = await openPage(browser, servers.origin);
  await signUp(first);
  await first.goto('/settings/keys');
  await first.getByRole('heading', { name: 'API keys' }).waitFor();

  const second = await first.context().newPage();
  await second.goto('/settings/account');
  await second.getByRole('button', { name: 'Sign out' }).click();
  await second.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signUp(second);

  await first.getByLabel('OpenAI key', { exact: true }).fill(keys.openai);
  await first.getByRole('button', { name: 'Save OpenAI key' }).click();
  await first.getByRole('heading', { name: 'Your session has ended' }).waitFor();
  await second.goto('/settings/keys');
  await card(second, 'OpenAI').getByText('Not set', { exact: true }).waitFor();
});
