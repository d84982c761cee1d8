import type { Page } from 'playwright';
import type { Gpu } from './browser.mjs';

/**
 * Builds a page with Vite for production, from the sources of the packages or with installed packages.
 * @param root  folder of its index.html
 * @param outDir  folder for the built files; its content is deleted
 */
export function buildPage(root: string, outDir: string, options?: { installed?: boolean }): Promise<void>;

/**
 * Serves a built page, only on this machine.
 * @param outDir  the folder that `buildPage` wrote
 */
export function servePage(outDir: string, options?: { readonly headers?: Readonly<Record<string, string>> | undefined }): Promise<{ readonly url: string; close(): Promise<void> }>;

/**
 * Opens a page in the installed Chromium without a window, and closes both after `use`.
 * @throws {Error} if there is none
 */
export function visit<T>(url: string, gpu: Gpu, use: (page: Page) => Promise<T>, options?: { readonly flags?: readonly string[] }): Promise<T>;
