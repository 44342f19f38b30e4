import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { card, launch, openPage, signIn, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });

async function openAccount(page) {
  await page.goto('/settings/account');
  await card(page, 'Profile').getByLabel('Name', { exact: true }).waitFor();
}

test('name and e-mail address are changed, the address with the password', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page, 'before@example.com');
  await openAccount(page);
  const profile = card(page, 'Profile');
  await profile.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await profile.getByLabel('Email').fill('after@example.com');
  await profile.getByLabel('Current password', { exact: true }).fill('wrong horse battery');
  await profile.getByRole('button', { name: /^Save/ }).click();
  await profile.getByText('password', { exact: false }).filter({ hasText: /wrong|not/i }).first().waitFor();
  assert.equal(await profile.getByLabel('Email').inputValue(), 'after@example.com');
  await profile.getByLabel('Current password', { exact: true }).fill('correct horse battery');
  await profile.getByRole('button', { name: /^Save/ }).click();
  await page.getByText('Profile saved').first().waitFor();
  await page.reload();
  await profile.getByLabel('Name', { exact: true }).waitFor();
  assert.equal(await profile.getByLabel('Name', { exact: true }).inputValue(), 'Ada Lovelace');
  assert.equal(await profile.getByLabel('Email').inputValue(), 'after@example.com');
  assert.deepEqual(page.complaints, []);
});

test('a new password ends the other sessions and is the one that counts', async () => {
  const page = await openPage(browser, servers.origin), other = await openPage(browser, servers.origin);
  const email = await signUp(page);
  await other.goto('/login');
  await signIn(other, email);
  await other.getByRole('button', { name: 'Sign out', exact: true }).waitFor();
  await openAccount(page);
  const password = card(page, 'Password');
  await password.getByLabel('Current password', { exact: true }).fill('correct horse battery');
  await password.getByLabel('New password', { exact: true }).fill('another horse battery');
  await password.getByRole('button', { name: /password/i }).last().click();
  await page.getByText('Password changed').first().waitFor();
  await other.goto('/settings/keys');
  await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(other, email, 'another horse battery');
  await other.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
});

test('an account is deleted with its password and address typed, and is gone', async () => {
  const page = await openPage(browser, servers.origin);
  const email = await signUp(page);
  await openAccount(page);
  await page.getByRole('button', { name: 'Delete account' }).click();
  await page.getByLabel('Your current password', { exact: true }).fill('correct horse battery');
  await page.getByLabel('Your e-mail address').fill(email);
  await page.getByRole('button', { name: 'Delete my account for good' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(page, email);
  await page.getByText('the password is wrong', { exact: false }).first().waitFor();
});

test('the export is a file to keep', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  await openAccount(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export my data' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^ownkey-export-.*\.json$/);
});
