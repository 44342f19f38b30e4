// The same journey in each way in which the page can be seen: other pixel ratios, a phone, and without WebGL, where the
// elements that otherwise lie unseen over the canvas are the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answer, ask, card, keys, launch, openExampleWorkflow, openPage, screen, signIn, signUp, withoutWebGl } from '../support/browser.mjs';
import { startServers } from '../support/servers.mjs';

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true };
const modes = {
  'at 1.25 device pixels': screen(1.25),
  'at 2 device pixels': screen(2),
  'on a phone': { flags: [], options: phone },
  'without WebGL': withoutWebGl,
};

let servers;
before(async () => { servers = await startServers(); });
after(async () => { await servers?.stop(); });

const hasCanvas = (page) => page.evaluate(() => !document.documentElement.classList.contains('fallback'));

async function signInAfterMistakes(page) {
  const email = await signUp(page);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(page, 'nobody', '');
  await page.waitForFunction(() => document.activeElement.getAttribute('aria-invalid') === 'true');
  await signIn(page, email);
  await page.getByRole('button', { name: 'Sign out', exact: true }).waitFor();
}

async function keepKey(page) {
  await page.goto('/settings/keys');
  const field = page.getByLabel('OpenAI key', { exact: true }), openai = card(page, 'OpenAI');
  const button = (name) => page.getByRole('button', { name, exact: true });
  await field.fill(keys.openai);
  await button('Show OpenAI key').click();
  await button('Hide OpenAI key').waitFor();
  assert.equal(await field.inputValue(), keys.openai);
  await button('Verify OpenAI key').click();
  await openai.getByText('Verified', { exact: true }).waitFor();
  await button('Save OpenAI key').click();
  await openai.getByText('sk-...X8d2', { exact: true }).waitFor();
  await button('Remove OpenAI key').click();
  await button('Keep OpenAI key').click();
  await openai.getByText('sk-...X8d2', { exact: true }).waitFor();
}

async function runWorkflow(page) {
  await openExampleWorkflow(page);
  await ask(page, 'what is a key ring?');
  await answer(page).getByText('heard: what is a key ring?').waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('list', { name: 'Runs' }).getByRole('link').first().waitFor();
  await page.goBack();
  await answer(page).getByText('heard: what is a key ring?').waitFor();
}

for (const [mode, { flags, options }] of Object.entries(modes)) {
  test(`signing in, keeping a key and running a workflow work ${mode}`, async () => {
    const browser = await launch(flags);
    try {
      const page = await openPage(browser, servers.origin, options);
      await signInAfterMistakes(page);
      assert.equal(await hasCanvas(page), mode !== 'without WebGL');
      await keepKey(page);
      await runWorkflow(page);
      assert.deepEqual(page.complaints, []);
    } finally {
      await browser.close();
    }
  });
}
