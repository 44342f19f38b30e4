import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch, openPage, signIn, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });

// RFC 6238, as an authenticator app does it.
function codeOf(secret, step = Math.floor(Date.now() / 30_000)) {
  const bits = [...secret.replace(/[\s=]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(counter).digest(), at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('two-factor sign-in: set up, sign in with a recovery code, switch off', async () => {
  const page = await openPage(browser, servers.origin);
  const button = (name) => page.getByRole('button', { name, exact: true });
  const email = await signUp(page);
  await page.goto('/settings/account');
  await button('Set up two-factor sign-in').click();
  await page.getByLabel('Your password', { exact: true }).fill('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  const secret = await page.getByLabel('Secret to type instead').inputValue();
  await page.getByLabel('Code of your app').fill(codeOf(secret));
  await page.keyboard.press('Enter');
  const codes = (await page.getByLabel('Recovery codes', { exact: true }).inputValue()).split('\n');
  assert.equal(codes.length, 10);
  await button('I have kept them').click();
  await button('Switch off two-factor sign-in').waitFor();
  const everything = await page.evaluate(() => document.documentElement.outerHTML +
    [...document.querySelectorAll('input, textarea')].map((field) => field.value).join() + JSON.stringify({ ...localStorage }));
  assert.equal(everything.includes(secret) || everything.includes(codes[0]), false, 'nothing secret stays');

  await button('Sign out').click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(page, email);
  const code = page.getByLabel('Code', { exact: true });
  await code.fill('000000');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  await code.fill(codes[0]);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();

  await page.goto('/settings/account');
  await page.getByText('9 recovery codes left', { exact: false }).waitFor();
  await button('Switch off two-factor sign-in').click();
  await page.getByLabel('Your password', { exact: true }).fill('correct horse battery');
  await page.getByLabel('Code of your app').fill(codes[1]);
  await button('Switch off').click();
  await button('Set up two-factor sign-in').waitFor();
  assert.deepEqual(page.complaints, []);
});
