// Measures the pages of the course in a browser of its own: when something is seen first, when the first figure answers, how long the
// slider of chapter 2 takes, the longest task of each page, and what chapter 4 learns in ten seconds.
import { visit } from '@kk/vitest-config/built-page';
import { median } from './measure.mjs';

/** How many times slower the page's processor is made. The worker, which has its own thread, is not slowed by Chromium. */
const SLOWED = 4;
const LETTERS = 1_000_000;

/**
 * Opens the course in a browser without a window and closes it after `use`.
 * @param {string} url  where the built course is served
 * @param {(course: { url: string, names: string[], context(isolated?: boolean): Promise<import('playwright').BrowserContext> }) => Promise<void>} use  gets the
 * finished chapters' names, and contexts of visitors who were never here, with the service worker or without one
 */
export function withCourse(url, use) {
  return visit(`${url}de/`, 'none', async (page) => {
    const names = await page.locator('.stations a').evaluateAll((links) => links.map((link) => link.pathname.split('/').at(-2)));
    const context = async (isolated = false) => {
      const visitor = await page.context().browser().newContext({ serviceWorkers: isolated ? 'allow' : 'block' });
      visitor.setDefaultTimeout(300_000);
      return visitor;
    };
    await use({ url, names, context });
  });
}

/** First contentful paint, and when the first figure shows what it computed; with the processor slowed, in a fresh visitor's browser. */
export async function answerTable(course, { rounds, note }) {
  const rows = [];
  for (const name of ['', ...course.names]) {
    const results = [];
    for (let round = 0; round < rounds; round++) {
      note(`first picture and first answer of /de/${name}, round ${round + 1}`);
      results.push({ ...(await firstAnswer(course, name)), isolated: name ? await isolatedAnswer(course, name) : null });
    }
    const middle = (what) => {
      const values = results.map((result) => result[what]).filter((value) => value !== null);
      return values.length ? median(values).toFixed(0) : '-';
    };
    rows.push([`/de/${name}`, middle('paint'), middle('answer'), middle('all'), middle('isolated')]);
  }
  return { title: `First visit on loopback, the page's processor slowed ${SLOWED} times, ms since the address was opened`, head: ['page', 'first contentful paint (wanted: 2000)', 'first figure answers (wanted: 3000)', 'all figures in view are done', 'first figure answers again, loaded anew for threads'], rows };
}

async function firstAnswer(course, name) {
  const context = await course.context();
  try {
    const page = await context.newPage();
    await page.addInitScript(watchFigures);
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    await page.goto(`${course.url}de/${name ? `${name}/` : ''}`);
    if (name) await page.waitForFunction(() => window.figureTimes.all !== null); // also where a figure failed, which then has no answer
    return await page.evaluate(async () => {
      const paint = await new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null)).observe({ type: 'paint', buffered: true }));
      return { paint, ...window.figureTimes };
    });
  } finally {
    await context.close();
  }
}

/** As `firstAnswer`, after the service worker has installed itself and the page was loaded again; since its first opening. */
async function isolatedAnswer(course, name) {
  const context = await course.context(true);
  try {
    const page = await context.newPage();
    await page.addInitScript(watchFigures);
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    await page.goto(`${course.url}de/${name}/`, { waitUntil: 'commit' });
    const opened = await page.evaluate(() => performance.timeOrigin);
    await page.waitForFunction(() => crossOriginIsolated && window.figureTimes?.all);
    return await page.evaluate((start) => window.figureTimes.answer && performance.timeOrigin + window.figureTimes.answer - start, opened);
  } finally {
    await context.close();
  }
}

/** Runs in the page before its scripts: notes when figures have shown something that was computed. */
function watchFigures() {
  window.figureTimes = { answer: null, all: null };
  const look = () => {
    const states = [...document.querySelectorAll('figure[data-state]')].map((figure) => figure.dataset.state);
    if (states.some((state) => state === 'running' || state === 'done' || state === 'paused')) window.figureTimes.answer ??= performance.now();
    if (states.length > 0 && states.every((state) => state === 'done' || state === 'paused' || state === 'failed')) window.figureTimes.all ??= performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Order 8 by letters on 1 MB: from the slider to a text of the new order. */
export async function sliderTable(course, { rounds, note }) {
  const times = { first: [], again: [] };
  const text = storyOf(LETTERS);
  for (let round = 0; round < rounds; round++) {
    note(`slider of chapter 2 on 1 MB of text, round ${round + 1}`);
    const context = await course.context(); // of a new visitor, for whom nothing is kept
    try {
      const page = await context.newPage();
      await page.goto(`${course.url}de/nonsense/?text=own&order=7`);
      await page.locator('textarea').first().fill(text);
      await settled(page);
      // To 8 for the first time, and again when the chain is still kept.
      for (const kind of ['first', 'again']) {
        times[kind].push(await page.evaluate(moveSlider, 8));
        await settled(page);
        await page.evaluate(moveSlider, 7);
        await settled(page);
      }
    } finally {
      await context.close();
    }
  }
  return { title: 'Chapter 2, letters, 1 MB of own text: from the slider at order 8 to the text, ms (wanted: 150)', head: ['', 'ms'], rows: [['trained anew', median(times.first).toFixed(0)], ['kept from before', median(times.again).toFixed(0)]] };
}

/** Sentences of made-up words, so that the text has as many contexts as a real one. */
function storyOf(length) {
  let state = 1;
  const draw = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const syllables = ['ba', 'ne', 'lu', 'schi', 'ra', 'ter', 'do', 'kei', 'wun', 'ge', 'fa', 'lich', 'mo', 'sen', 'hau', 'ti'];
  const words = Array.from({ length: 4000 }, () => Array.from({ length: 1 + draw(4) }, () => syllables[draw(syllables.length)]).join(''));
  let text = '';
  while (text.length < length) text += `${words[Math.floor(draw(4000) * (draw(1000) / 1000))]}${draw(9) === 0 ? '. ' : ' '}`;
  return text.slice(0, length);
}

/** Runs in the page: moves the slider of the order in the first figure, and waits for another text. */
function moveSlider(order) {
  const slider = [...document.querySelectorAll('figure[data-state] input[type="range"]')].find((input) => Number(input.max) === 8);
  const figure = slider.closest('figure');
  const shown = () => figure.querySelector('.picture').innerText;
  const before = shown();
  const started = performance.now();
  slider.value = String(order);
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  return new Promise((resolve) => {
    const look = () => (shown() === before || shown() === '' ? requestAnimationFrame(look) : resolve(performance.now() - started));
    requestAnimationFrame(look);
  });
}

/**
 * The longest task of each page's own thread, while it opens and while everything in its figures is used: what it takes of the processor,
 * which does not depend on what else the machine does, and how long it lasts.
 */
export async function longestTable(course, { note }) {
  const rows = [];
  for (const name of course.names) {
    note(`longest task of /de/${name}`);
    const context = await course.context();
    const page = await context.newPage();
    await page.addInitScript(() => performance.mark('page begins'));
    const opening = await longestTask(page, async () => {
      await page.goto(`${course.url}de/${name}/`);
      await settled(page);
    });
    const use = await longestTask(page, async () => {
      await page.evaluate(() => void performance.mark('page begins'));
      for (const figure of await page.locator('figure[id]').all()) {
        await figure.scrollIntoViewIfNeeded();
        for (const slider of await figure.locator('input[type="range"]:visible:enabled').all()) await slider.press('ArrowRight');
        const again = figure.locator('.controls button.main:visible:enabled').first();
        if (await again.count()) await again.click();
        await settled(page);
      }
    });
    rows.push([`/de/${name}`, opening.processor.toFixed(0), opening.lasts.toFixed(0), use.processor.toFixed(0), use.lasts.toFixed(0)]);
    await context.close();
  }
  return { title: "Longest task of the page's own thread, ms (wanted: at most 50)", head: ['page', 'opening, processor', 'opening, lasts', 'use of its figures, processor', 'use of its figures, lasts'], rows };
}

/** How long the network of chapter 4 learns, in milliseconds, before it is asked what it reads. */
const LEARNING = 10_000;

/** Chapter 4 with threads and without: what its network reads of the drawings held out, ten seconds after it has begun to learn. */
export async function digitsTable(course, { rounds, note }) {
  const rows = [];
  for (const isolated of [true, false]) {
    const results = [];
    for (let round = 0; round < rounds; round++) {
      note(`chapter 4, ten seconds of learning, ${isolated ? '' : 'not '}isolated, round ${round + 1}`);
      results.push(await readAfterLearning(course, isolated));
    }
    rows.push([isolated ? 'isolated' : 'not isolated', results[0].cores, ...['read', 'step', 'ready'].map((what) => median(results.map((result) => result[what])).toFixed(what === 'ready' ? 1 : 0))]);
  }
  return { title: 'Chapter 4: digits read of 1,000 held out, ten seconds after learning has begun (wanted: 950)', head: ['page', 'says of itself', 'read', 'steps by then, of 1,000', 'all steps after, s'], rows };
}

async function readAfterLearning(course, isolated) {
  const context = await course.context(isolated);
  try {
    const page = await context.newPage();
    await page.goto(`${course.url}en/networks/`);
    if (isolated) await page.waitForFunction(() => crossOriginIsolated);
    const figure = page.locator('figure#network');
    await figure.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector('figure#network[data-state="running"]'), undefined, { polling: 20 });
    const began = Date.now();
    const done = page.waitForFunction(() => document.querySelector('figure#network[data-state="done"]'), undefined, { polling: 20 }).then(() => (Date.now() - began) / 1000);
    await page.waitForTimeout(LEARNING);
    const said = (part) => figure.locator(part).innerText();
    const [, read] = /(\d+) of/.exec(await said('.result')) ?? [];
    const [, step] = /([\d,]+) of/.exec(await said('.facts')) ?? [];
    const cores = await page.locator('footer').innerText();
    return { read: Number(read), step: Number(step.replace(',', '')), cores: /[^\n]*(?:core|thread)[^\n]*/.exec(cores)?.[0].trim() ?? '', ready: await done };
  } finally {
    await context.close();
  }
}

/** Traces the page while `use` runs, and finds the longest task of the thread in which `page begins` was marked, from there on. */
async function longestTask(page, use) {
  const session = await page.context().browser().newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', 'blink.user_timing'] } });
  await use();
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const begins = events.find((event) => event.name === 'page begins');
  const tasks = events.filter((event) => event.name === 'RunTask' && event.tid === begins.tid && event.pid === begins.pid && event.ts >= begins.ts);
  const most = (what) => Math.max(0, ...tasks.map((task) => (task[what] ?? 0) / 1000));
  return { processor: most('tdur'), lasts: most('dur') };
}

async function settled(page) {
  await page.waitForFunction(() => {
    const computes = document.querySelector('figure:is([data-state="static"], [data-state="preparing"], [data-state="running"])');
    window.calmFrames = document.querySelector('#app')?.__vue_app__ && !computes ? (window.calmFrames ?? 0) + 1 : 0;
    return window.calmFrames > 3;
  }, undefined, { timeout: 300_000 });
  await page.evaluate(() => void (window.calmFrames = 0));
}
