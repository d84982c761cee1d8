// What journeys do with the browser: contexts that are closed after the test, pages whose complaints are collected, and waiting for states.
import { chromium, errors, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright';
import { inject, onTestFinished } from 'vitest';
import { PATIENCE } from './patience.js';
import { takeProfile, type Profile, type Taken } from './profiles.js';

export type { BrowserContext, Page };

export const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 780 } } as const;

let connected: Promise<Browser> | null = null;

/** The browser of all journeys. */
export const browser = (): Promise<Browser> => (connected ??= chromium.connect(inject('browser')));

/** A visitor: nothing is kept from others, and nothing moves unless a test wants it. The caller closes it. */
export async function openContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await (await browser()).newContext({ viewport: widths.desktop, locale: 'de-DE', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE);
  return context;
}

/** A visitor for one test. */
export async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await openContext(options);
  onTestFinished(() => context.close());
  return context;
}

/** A visitor whose browser knows no service worker: one thread, and no page is loaded twice. Others have used the browser before and left nothing. The caller gives it back. */
export function takePlain(options: BrowserContextOptions = {}): Promise<Taken> {
  return takeProfile(JSON.stringify(options), async () => withoutServiceWorker(await openContext(options)));
}

/** The same for one test. */
export async function plainContext(options: BrowserContextOptions = {}): Promise<Profile> {
  const { profile, giveBack } = await takePlain(options);
  onTestFinished(giveBack);
  return profile;
}

/** The same with a context that no other test uses, so that it may be given routes, scripts, permissions and another clock. */
export async function ownPlainContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return withoutServiceWorker(await newContext(options));
}

async function withoutServiceWorker(context: BrowserContext): Promise<BrowserContext> {
  await context.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  return context;
}

/** Lets the service worker install itself, so that all pages after this are isolated from the beginning. */
export async function isolate(context: BrowserContext, site: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${site}de/glossary/`);
  await page.waitForFunction(() => crossOriginIsolated && navigator.serviceWorker.controller !== null);
  await page.close();
}

/** Lets the service worker be registered only when a key was pressed, so that the visitor has touched the page before it comes. */
export async function registerAfterAKey(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { serviceWorker } = navigator;
    const register = serviceWorker.register.bind(serviceWorker);
    serviceWorker.register = async (...options) => {
      await new Promise((resolve) => addEventListener('keydown', resolve, { once: true }));
      return register(...options);
    };
  });
}

/** A page, and everything it complains of: console messages, errors, failed requests and requests to other origins. */
export async function watchedPage(context: Profile): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console.${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  const { origin } = new URL(inject('site'));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) complaints.push(`request to another origin: ${request.url()}`);
  });
  return { page, complaints };
}

/**
 * Opens a page of the course and waits until its figures have computed.
 * @param only  the ids of the figures that the test is about: others that begin when they are seen are not waited for; by default all
 */
export async function open(page: Page, path: string, only?: readonly string[]): Promise<void> {
  await page.goto(new URL(path, inject('site')).href);
  await settled(page);
  await seeAll(page, only);
}

/**
 * After so many looks in a row, of ten seconds each, a page that is not drawn is loaded again: neither to be in front, another size nor a picture of it
 * make Chromium draw it then (seen with two pages open beside a busy program).
 */
const UNDRAWN_FOR_GOOD = 3;

/** Scrolls through the page, as some figures begin when they are seen first, and waits until all have computed; or only to the figures of these ids. */
export async function seeAll(page: Page, only?: readonly string[]): Promise<void> {
  await doSomething(page);
  const ids = await page.locator('figure[id]').evaluateAll((figures) => figures.map(({ id }) => id));
  const missing = only?.filter((id) => !ids.includes(id)) ?? [];
  if (missing.length > 0) throw new Error(`there is no figure ${missing.join(', ')} on ${page.url()}, only ${ids.join(', ')}`);
  const end = Date.now() + PATIENCE;
  let undrawn = 0;
  for (let place = 0; place < ids.length; ) {
    const trouble = only && !only.includes(ids[place]!) ? '' : await page.evaluate(bringIntoSight, place);
    if (trouble === '') {
      place++;
      undrawn = 0;
      continue;
    }
    if (Date.now() > end) throw new Error(trouble);
    // Beside a busy program Chromium may leave a page undrawn until it is asked for.
    await page.bringToFront();
    if (++undrawn % UNDRAWN_FOR_GOOD > 0) continue;
    await page.reload();
    await settled(page);
    await doSomething(page);
    place = 0;
  }
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await settled(page);
}

/** A page that was come back to keeps its place until the visitor does something. */
const doSomething = (page: Page): Promise<void> => page.keyboard.press('Shift');

/** Runs in the page: scrolls to a figure and waits for it to be seen, for a few seconds. @returns '' when it was seen, else what was there instead */
async function bringIntoSight(place: number): Promise<string> {
  const inTime = (what: (done: (value: true) => void) => void): Promise<boolean> => new Promise((resolve) => {
    setTimeout(() => resolve(false), 5000);
    what(resolve);
  });
  const figure = document.querySelectorAll('figure[id]')[place]!;
  figure.scrollIntoView({ block: 'center', behavior: 'instant' });
  const from = scrollY;
  // Observers are told in the order in which they were made: when this one learns that the figure is seen, the figure's own has learned it.
  const isSeen = await inTime((done) => {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      done(true);
    });
    observer.observe(figure);
  });
  if (isSeen) return '';
  const isDrawn = await inTime((done) => requestAnimationFrame(() => done(true)));
  const { top, bottom } = figure.getBoundingClientRect();
  const trouble = `figure ${figure.id} was scrolled to and not seen: it stands at ${Math.round(top)} to ${Math.round(bottom)} of ${innerHeight}; scrolled to ${from}, now ${scrollY}; the page is ${document.visibilityState} and ${isDrawn ? 'drawn' : 'not drawn'}`;
  if (isDrawn && (bottom < 0 || top > innerHeight)) throw new Error(trouble); // the page has moved away from its reader
  return trouble;
}

/** Waits until the page runs, every figure answers, and none prepares or computes: what it shows now stays. */
export async function settled(page: Page): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      await page.waitForFunction(isCalm, undefined, { timeout: 10_000 });
      break;
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      if (Date.now() > end) throw new Error(`${page.url()} does not settle: ${await page.evaluate(whatIsGoingOn)}`, { cause: error });
      await page.bringToFront(); // as in seeAll
    }
  }
  await page.evaluate(() => void ((window as { calmFrames?: number }).calmFrames = 0));
}

/** Runs in the page, in each frame. */
function isCalm(): boolean {
  const app = document.querySelector('#app') as (Element & { __vue_app__?: unknown }) | null;
  const computes = document.querySelector('figure:is([data-state="static"], [data-state="preparing"], [data-state="running"])');
  const state = window as { calmFrames?: number };
  state.calmFrames = app?.__vue_app__ && !computes ? (state.calmFrames ?? 0) + 1 : 0;
  return state.calmFrames > 3;
}

/** Runs in the page. @returns what a page waits for that does not become calm */
async function whatIsGoingOn(): Promise<string> {
  const app = document.querySelector('#app') as (Element & { __vue_app__?: unknown }) | null;
  const figures = [...document.querySelectorAll<HTMLElement>('figure[id]')].map(({ id, dataset }) => `${id} ${dataset.state}`);
  const isDrawn = await new Promise((resolve) => {
    setTimeout(() => resolve(false), 5000);
    requestAnimationFrame(() => resolve(true));
  });
  return `the page is ${document.visibilityState}, ${isDrawn ? 'drawn' : 'not drawn'} and ${app?.__vue_app__ ? 'alive' : 'not alive'}; figures: ${figures.join(', ')}`;
}

/** What the figures of a page show, as text, by their ids. Without what a figure says of the time it took. */
export function figureTexts(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll<HTMLElement>('figure[id]')].map((figure) => [figure.id, [...figure.querySelectorAll<HTMLElement>('[data-passing]')].reduce((text, passing) => text.replace(passing.innerText, ''), figure.innerText).replace(/\n{2,}/g, '\n')])));
}
