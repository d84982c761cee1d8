import type { Browser } from 'playwright';
import type { Gpu } from './browser.mjs';

/**
 * Builds a page with Vite for production, from the sources of the packages, or with packages as their users install them.
 * @param root  folder of its index.html
 * @param outDir  folder for the built files; what is in it goes
 */
export function buildPage(root: string, outDir: string, options?: { installed?: boolean }): Promise<void>;

/**
 * Serves a built page on this machine alone.
 * @param outDir  what `buildPage` wrote
 */
export function servePage(outDir: string): Promise<{ readonly url: string; close(): Promise<void> }>;

/**
 * Starts the Chromium that is installed, without a window.
 * @throws {Error} if there is none
 */
export function openChromium(gpu: Gpu): Promise<Browser>;
