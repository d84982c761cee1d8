// Makes one screenshot of a page: node scripts/shot.mjs URL OUT.png [--width 360] [--dark] [--wait MS] [--click SELECTOR] [--full]
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { browserPath, chromiumFlags } from '@kk/vitest-config/browser';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { width: { type: 'string', default: '1280' }, dark: { type: 'boolean' }, wait: { type: 'string', default: '1500' }, click: { type: 'string', multiple: true }, full: { type: 'boolean' } },
});
const [url, out] = positionals;
if (!url || !out) {
  console.error('usage: node scripts/shot.mjs URL OUT.png [--width 360] [--dark] [--wait MS] [--click SELECTOR] [--full]');
  process.exit(2);
}
const browser = await chromium.launch({ executablePath: browserPath(), args: chromiumFlags('none') });
const width = Number(values.width);
const page = await browser.newPage({ viewport: { width, height: width < 600 ? 780 : 900 }, colorScheme: values.dark ? 'dark' : 'light' });
page.on('console', (message) => console.log(`console ${message.type()}: ${message.text()}`));
page.on('pageerror', (error) => console.log(`error: ${error.message}`));
await page.goto(url);
await page.waitForTimeout(Number(values.wait));
for (const selector of values.click ?? []) {
  await page.click(selector);
  await page.waitForTimeout(800);
}
const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
if (overflow > 0) console.log(`the page is ${overflow} px wider than the window`);
await page.screenshot({ path: out, fullPage: values.full ?? false });
await browser.close();
