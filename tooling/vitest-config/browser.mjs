// How tests run in a browser: vitest starts the Chromium that is installed, without a window, and loads the tests from their
// sources into its pages. Nothing is downloaded, and nothing here is skipped: without a Chromium the tests fail and say what to do.
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
// The bootstrap runs before anything is installed, so it is no dependency but the folder beside this one.
import { findBrowser, howToInstall } from '../bootstrap/src/browser.mjs';

/** For every Chromium: root may start it too, as in a container, and it talks to nobody but the tests, whatever it has in mind. */
const ALWAYS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** SwiftShader computes on the processor what a graphics card would, on every machine the same way. */
const SWIFTSHADER = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--use-webgpu-adapter=swiftshader'];

/** What a page's code finds of a GPU -> the flags that make it so. */
const GPU_FLAGS = {
  none: [],
  webgl2: SWIFTSHADER, // Chromium offers no WebGPU on SwiftShader unless it is asked to
  webgpu: [...SWIFTSHADER, '--enable-unsafe-webgpu'],
};

/** Headers that give a page shared memory: it shares its process with no other origin, and loads only what allows it. */
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/**
 * The flags of a Chromium.
 * @param {'none' | 'webgl2' | 'webgpu'} gpu
 */
export const chromiumFlags = (gpu) => [...ALWAYS, ...GPU_FLAGS[gpu]];

/** @param {'none' | 'webgl2' | 'webgpu'} gpu */
function chromium(gpu) {
  const provider = (executablePath) => playwright({ launchOptions: { executablePath, args: chromiumFlags(gpu) } });
  // The browser is looked for when it is started, so that tests of other packages run without one.
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
 * @param {string} name  the project's name in the report; `-webgl2` or `-webgpu` is appended where a GPU is asked for
 * @param {object} options  those of vitest, and
 * @param {boolean} [options.isolated]  whether pages are cross-origin isolated
 * @param {readonly ('none' | 'webgl2' | 'webgpu')[]} [options.gpu]  one Chromium for each; a test learns which by `inject('gpu')`
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
    test: {
      name: `${name}-browsers`, // of all instances together: no report shows it, but it must be unique
      testTimeout: 60_000,
      hookTimeout: 60_000,
      ...test,
      browser: { enabled: true, headless: true, screenshotFailures: false, provider: chromium('none'), instances },
    },
  });
}
