// Builds, serves and opens a page as in production: built and minified by Vite, served on this machine, opened in the installed Chromium.
// There is no dev server.
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { browserPath, chromiumFlags } from './browser.mjs';
import { PATIENCE } from './patience.mjs';

/**
 * @param {string} root  folder of the page's index.html
 * @param {string} outDir  folder for the built files; its content is deleted
 * @param {{ installed?: boolean }} [options]  `installed`: use installed packages instead of their sources
 */
export async function buildPage(root, outDir, { installed = false } = {}) {
  // Vite builds for production only if NODE_ENV does not say otherwise, and vitest sets it to `test`.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await build({ root, configFile: false, logLevel: 'warn', build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 10_000 }, resolve: { conditions: [...(installed ? [] : ['@kk/source']), 'module', 'browser'] } });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

/**
 * @param {string} outDir  the folder that `buildPage` wrote
 * @param {{ headers?: Record<string, string> }} [options]  `headers`: sent with everything
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function servePage(outDir, { headers } = {}) {
  const server = await preview({ configFile: false, logLevel: 'warn', build: { outDir }, preview: { host: '127.0.0.1', port: 0, headers } });
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}

/**
 * Opens a page in a Chromium without a window and closes both after `use`.
 * @template T
 * @param {string} url
 * @param {'none' | 'webgl2' | 'webgpu'} gpu
 * @param {(page: import('playwright').Page) => Promise<T>} use
 * @param {{ flags?: readonly string[] }} [options]  `flags`: more flags of the browser
 * @returns {Promise<T>}
 */
export async function visit(url, gpu, use, { flags = [] } = {}) {
  const browser = await chromium.launch({ executablePath: browserPath(), args: [...chromiumFlags(gpu), ...flags], timeout: PATIENCE });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(url);
    return await use(page);
  } finally {
    await browser.close();
  }
}
