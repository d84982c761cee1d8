// Runs tests in a browser: vitest starts the installed Chromium without a window and loads the tests into its pages from their sources.
// Nothing is downloaded, and nothing is skipped: without a Chromium the tests fail and say what to do.
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
// The bootstrap runs before anything is installed, so it is imported by path and not as a dependency.
import { findBrowser, howToInstall } from '../bootstrap/src/browser.mjs';
import { PATIENCE } from './patience.mjs';

/**
 * Features that every Chromium goes without. It takes only the last list of its command line, so that what playwright leaves out stands here again;
 * `test/browser.test.ts` compares them. The last two are pages of the address bar, which are hidden and loaded for each visitor: that takes two
 * seconds of a processor, and no test sees them.
 */
const LEFT_OUT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** Flags of every Chromium: root may start it, as in a container, and it makes no network requests of its own. */
const ALWAYS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${LEFT_OUT.join(',')}`,
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** SwiftShader emulates a graphics card on the processor, with the same results on every machine. */
const SWIFTSHADER = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--use-webgpu-adapter=swiftshader'];

/** GPU support of a page -> the flags for it. */
const GPU_FLAGS = {
  none: [],
  webgl2: SWIFTSHADER, // Chromium enables WebGPU on SwiftShader only on request
  webgpu: [...SWIFTSHADER, '--enable-unsafe-webgpu'],
};

/** Headers that allow a page shared memory: it shares its process with no other origin and loads only resources that permit it. */
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/**
 * The flags of a Chromium.
 * @param {'none' | 'webgl2' | 'webgpu'} gpu
 */
export const chromiumFlags = (gpu) => [...ALWAYS, ...GPU_FLAGS[gpu]];

/** @param {'none' | 'webgl2' | 'webgpu'} gpu */
function chromium(gpu) {
  const provider = (executablePath) => playwright({ launchOptions: { executablePath, args: chromiumFlags(gpu), timeout: PATIENCE } });
  // The browser is searched for only at start, so that tests of other packages run without one.
  return { ...provider(), providerFactory: (project) => provider(browserPath()).providerFactory(project) };
}

/**
 * @returns {string}
 * @throws {Error} if there is no Chromium
 */
export function browserPath() {
  const path = findBrowser();
  if (path === null) throw new Error(howToInstall(process.platform));
  return path;
}

/**
 * @param {string} name  the project's name in the report; with a GPU, `-webgl2` or `-webgpu` is appended
 * @param {object} options  vitest's own options, and
 * @param {boolean} [options.isolated]  whether pages are cross-origin isolated
 * @param {readonly ('none' | 'webgl2' | 'webgpu')[]} [options.gpu]  one Chromium for each entry; `inject('gpu')` tells a test which one it
 * runs in
 */
export function browserTests(name, { isolated = false, gpu = ['none'], ...test }) {
  const instances = gpu.map((kind) => ({
    browser: 'chromium',
    name: kind === 'none' ? name : `${name}-${kind}`,
    provider: chromium(kind),
    provide: { gpu: kind },
  }));
  return defineConfig({
    resolve: { conditions: ['@kk/source', 'module', 'browser', 'development|production'] },
    server: { headers: isolated ? ISOLATION : {} },
    // Workers are no part of what vite searches for libraries to prepare: one that it met later would reload the page under a running test.
    optimizeDeps: { entries: ['test-browser/**/*.ts'] },
    test: {
      name: `${name}-browsers`, // the name of all instances together; no report shows it, but it must be unique
      testTimeout: PATIENCE,
      hookTimeout: PATIENCE,
      setupFiles: [fileURLToPath(new URL('equality.mjs', import.meta.url))],
      ...test,
      browser: { enabled: true, headless: true, screenshotFailures: false, provider: chromium('none'), instances },
    },
  });
}
