// Everything by keyboard alone, from signing up to the answer of a workflow.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answer, card, keys, launch, openPage, signUp } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

let servers, browser;
before(async () => { servers = await startServers(); browser = await launch(); });
after(async () => { await browser?.close(); await servers?.stop(); });

const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

// Goes on with Tab until it is reached, and says that it is seen to be.
async function tabTo(page, locator) {
  await locator.waitFor();
  for (let presses = 0; presses < 80; ++presses) {
    await page.keyboard.press('Tab');
    if (!(await isFocused(locator))) continue;
    assert.ok(await locator.evaluate((element) => element.matches(':focus-visible')));
    return;
  }
  assert.fail(`Tab does not lead to ${locator}`);
}

async function typeInto(page, label, text) {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

async function follow(page, role, name) {
  await tabTo(page, page.getByRole(role, { name, exact: true }).first());
  await page.keyboard.press('Enter');
}

// After a change of the page its heading has the focus, so that Tab goes on from the top.
async function arrivesAt(page, name) {
  const heading = page.getByRole('heading', { name, level: 1, exact: true });
  await heading.waitFor();
  await page.waitForFunction(() => document.activeElement?.localName === 'h1');
  assert.ok(await isFocused(heading));
}

test('everything works by keyboard alone, and it is seen where one is', async () => {
  const page = await openPage(browser, servers.origin);
  await page.goto('/login');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await follow(page, 'link', 'Create an account');
  await arrivesAt(page, 'Create your account');
  await typeInto(page, 'Email', 'keyboard@example.com');
  await typeInto(page, 'Password', 'correct horse battery');
  await page.keyboard.press('Enter');

  await arrivesAt(page, 'API keys');
  await typeInto(page, 'OpenAI key', keys.openai);
  await page.keyboard.press('Enter');
  await card(page, 'OpenAI').getByText('Saved', { exact: true }).waitFor();

  await follow(page, 'link', 'Workflows');
  await arrivesAt(page, 'Workflows');
  await follow(page, 'link', 'New workflow');
  await arrivesAt(page, 'New workflow');
  await follow(page, 'button', 'Use this workflow: Ask a model');
  await arrivesAt(page, 'Ask a model');
  await typeInto(page, 'Model', 'gpt-3.5-turbo');
  await typeInto(page, 'Question', 'what is a key ring?');
  await tabTo(page, page.getByRole('button', { name: /^(Save and run|Run)$/ }));
  await page.keyboard.press('Space');
  await answer(page).getByText('heard: what is a key ring?').waitFor();
  await follow(page, 'button', 'Sign out');
  await arrivesAt(page, 'Sign in');
  assert.deepEqual(page.complaints, []);
});

test('the first Tab offers to skip the navigation', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  await page.goto('/settings/keys');
  await page.getByLabel('OpenAI key', { exact: true }).waitFor();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: /^Skip/ });
  assert.ok(await isFocused(skip));
  await page.keyboard.press('Enter');
  await arrivesAt(page, 'API keys');
});

test('a shortcut that is held down does not reach the browser, which would offer to save the page', async () => {
  const page = await openPage(browser, servers.origin);
  await signUp(page);
  await page.evaluate(() => {
    window.refused = [];
    addEventListener('keydown', (event) => window.refused.push(event.defaultPrevented));
  });
  await page.keyboard.down('Control');
  await page.keyboard.down('s');
  await page.keyboard.down('s');
  assert.deepEqual(await page.evaluate(() => window.refused), [false, true, true]);
});
