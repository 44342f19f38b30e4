// A headless browser and what a person does in it. Everything is found by role and label.
import { chromium } from 'playwright-core';

const flags = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const keys = {
  openai: 'sk-sim-openai-browser-0123456789-X8d2',
  anthropic: 'sk-ant-sim-browser-0123456789-Y7c1',
  google: 'AQ.sim-browser-0123456789-Z6b0',
};

export const launch = (more = []) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...flags, ...more] });

// Ways in which the page is seen, for launch() and openPage(): on screens of other pixel ratios (truly, not emulated:
// Chromium lays out otherwise when it only pretends), and without WebGL.
export const screen = (ratio) => ({ flags: [`--force-device-scale-factor=${ratio}`, '--window-size=1280,900'], options: { viewport: null } });
export const withoutWebGl = { flags: ['--disable-gpu', '--disable-3d-apis'], options: {} };

// A page of its own session. `page.complaints` collects what the browser complains about: errors, blocked resources.
export async function openPage(browser, origin, options = {}) {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1280, height: 800 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.complaints = [];
  page.on('console', (message) => {
    // The browser also notes every 4xx of the API, such as "nobody is signed in": those are answers, not complaints.
    if (message.type() === 'error' && !message.location().url.includes('/api/')) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  return page;
}

// Counts the frames that the page asks for: call it before the page is opened, then read `framesAsked(page)`.
export const countFrames = (page) => page.addInitScript(() => {
  const request = window.requestAnimationFrame.bind(window);
  window.framesAsked = 0;
  window.requestAnimationFrame = (callback) => { ++window.framesAsked; return request(callback); };
});
export const framesAsked = (page) => page.evaluate(() => window.framesAsked);

let people = 0;

export async function signUp(page, email = `person${++people}@example.com`) {
  await page.goto('/register');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  return email;
}

export async function signIn(page, email, password = 'correct horse battery') {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function saveKey(page, provider = 'OpenAI', key = keys.openai) {
  await page.goto('/settings/keys');
  await page.getByLabel(`${provider} key`, { exact: true }).fill(key);
  await page.getByRole('button', { name: `Save ${provider} key` }).click();
  await card(page, provider).getByText('Saved', { exact: true }).waitFor();
}

// The card of a provider on the page of API keys.
export const card = (page, provider) => page.getByRole('region', { name: provider, exact: true });

export async function openExampleWorkflow(page, name = 'Ask a model') {
  await page.goto('/workflows/new');
  await page.getByRole('button', { name: `Use this workflow: ${name}` }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

// Runs the example that asks one model.
export async function ask(page, question, model = 'gpt-3.5-turbo') {
  await page.getByLabel('Model', { exact: true }).fill(model);
  await page.getByLabel('Question', { exact: true }).fill(question);
  await page.getByRole('button', { name: /^(Save and run|Run)$/ }).click();
}

export const answer = (page) => page.getByRole('region', { name: 'Answer' });
