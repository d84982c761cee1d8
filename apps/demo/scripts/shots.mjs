// Makes screenshots of the whole course, to look at: every page in every language, at 1280 and 360 px, light and dark, and each figure
// in the middle of its computation.
//   pnpm --filter demo shots [--out FOLDER] [--only nonsense,home] [--language de] [--width 360] [--theme dark]
import { existsSync, mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { browserPath, chromiumFlags } from '@kk/vitest-config/browser';
import { servePage } from '@kk/vitest-config/built-page';

const here = fileURLToPath(new URL('../', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string', default: join(here, 'shots') }, only: { type: 'string' }, language: { type: 'string' }, width: { type: 'string' }, theme: { type: 'string' } } });
const dist = join(here, 'dist');
if (!existsSync(join(dist, 'index.html'))) {
  console.error('There is no built course yet. First: pnpm --filter demo build');
  process.exit(2);
}
const out = resolve(values.out);
mkdirSync(out, { recursive: true });

const server = await servePage(dist);
const root = server.url;
const browser = await chromium.launch({ executablePath: browserPath(), args: chromiumFlags('none') });

const pages = await pagesOf();
const wanted = (list, chosen) => (chosen === undefined ? list : list.filter((item) => chosen.split(',').includes(String(item))));
const jobs = wanted(pages.languages, values.language).flatMap((language) =>
  wanted(pages.names, values.only).flatMap((name) => wanted([1280, 360], values.width).flatMap((width) => wanted(['light', 'dark'], values.theme).map((theme) => ({ language, name, width, theme })))),
);
let count = 0;
for (const [index, job] of jobs.entries()) {
  const { language, name, width, theme } = job;
  process.stderr.write(`[${index + 1}/${jobs.length}] ${language} ${name} ${width} ${theme} …`);
  process.stderr.write(` ${await shoot(job)} pictures\n`);
}
await browser.close();
await server.close();
console.log(`${count} pictures are in ${relative(process.cwd(), out) || '.'}`);

/** The languages and pages that the site has, from the links of its first pages. */
async function pagesOf() {
  const page = await browser.newPage();
  const links = async (path) => {
    await page.goto(root + path, { waitUntil: 'commit' });
    return page.locator('a[href]').evaluateAll((found) => found.map((link) => new URL(link.href).pathname));
  };
  await page.route('**/*.js', (route) => route.abort()); // the first page goes on to a language by itself
  const languages = (await links('')).map((path) => /^\/(\w+)\/$/.exec(path)?.[1]).filter(Boolean);
  const [first] = languages;
  // Unfinished chapters have no links.
  const found = [...(await links(`${first}/`)), ...(await links(`${first}/token/`))].map((path) => new RegExp(`^/${first}/([\\w-]+)/$`).exec(path)?.[1]);
  await page.close();
  return { languages: [...new Set(languages)], names: ['home', ...new Set(found.filter(Boolean))] };
}

/** Opens a page and makes its pictures. @returns how many */
async function shoot({ language, name, width, theme }) {
  const context = await browser.newContext({ viewport: { width, height: width < 600 ? 780 : 900 }, colorScheme: theme, locale: language, hasTouch: width < 600, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await context.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')); // no page is loaded twice
  page.on('console', (message) => process.stderr.write(` [console ${message.type()}: ${message.text()}]`));
  page.on('pageerror', (error) => process.stderr.write(` [error: ${error.message}]`));
  const file = (what = '') => join(out, `${name}-${language}-${width}-${theme}${what}.png`);
  await page.goto(`${root}${language}/${name === 'home' ? '' : `${name}/`}`);
  await settled(page);
  // A window as high as the page: figures that begin when they are seen first do so, and what sticks to the window's edge is in its place.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height, 16_000) });
  for (let frame = 0; frame < 3; frame++) await page.evaluate(() => new Promise(requestAnimationFrame));
  await settled(page);
  await page.screenshot({ path: file(), fullPage: true });
  await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
  const figures = await page.locator('figure[id]').all();
  let pictures = 1;
  for (const figure of figures) {
    const step = figure.locator('button[data-step]').first();
    if ((await step.count()) === 0) continue;
    for (let steps = 0; steps < 3; steps++) {
      await step.click();
      await page.waitForFunction((element) => ['paused', 'done', 'failed'].includes(element.dataset.state ?? ''), await figure.elementHandle());
    }
    await figure.screenshot({ path: file(`-${await figure.getAttribute('id')}-middle`) });
    pictures++;
  }
  await context.close();
  count += pictures;
  return pictures;
}

/** Waits until the page runs and no figure computes. */
async function settled(page) {
  await page.waitForFunction(() => {
    const computes = document.querySelector('figure:is([data-state="static"], [data-state="preparing"], [data-state="running"])');
    window.calmFrames = document.querySelector('#app')?.__vue_app__ && !computes ? (window.calmFrames ?? 0) + 1 : 0;
    return window.calmFrames > 3;
  }, undefined, { timeout: 120_000 });
  await page.evaluate(() => void (window.calmFrames = 0));
}
