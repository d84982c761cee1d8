// A page as users' pages are: built by Vite for production, minified, served on this machine, opened in the Chromium that is
// installed. What is served is one build; there is no dev server.
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { browserPath, chromiumFlags } from './browser.mjs';

/**
 * @param {string} root  folder of the page's index.html
 * @param {string} outDir  folder for the built files; what is in it goes
 * @param {{ installed?: boolean }} [options]  `installed`: packages as their users install them, not from their sources
 */
export async function buildPage(root, outDir, { installed = false } = {}) {
  // Vite builds for production only where NODE_ENV does not say otherwise, and vitest sets it to `test`.
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
 * @param {string} outDir  what `buildPage` wrote
 * @param {{ headers?: Record<string, string> }} [options]  `headers`: sent with everything
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function servePage(outDir, { headers } = {}) {
  const server = await preview({ configFile: false, logLevel: 'warn', build: { outDir }, preview: { host: '127.0.0.1', port: 0, headers } });
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}

/**
 * @param {'none' | 'webgl2' | 'webgpu'} gpu
 * @returns {Promise<import('playwright').Browser>}
 */
export function openChromium(gpu) {
  return chromium.launch({ executablePath: browserPath(), args: chromiumFlags(gpu) });
}
