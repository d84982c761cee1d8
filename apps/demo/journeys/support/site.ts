// Runs once before all journeys: builds the course if its sources changed, serves it under a base path as any static host does, with no
// header of its own, and starts the browser that all journeys share.
import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { browserPath, chromiumFlags } from '@kk/vitest-config/browser';
import { chromium } from 'playwright';
import type { TestProject } from 'vitest/node';
import { serveSite } from './serve.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the course, ending with `/`. */
    site: string;
    /** Where journeys connect to the browser. */
    browser: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  await build();
  const site = await serveSite();
  const browser = await chromium.launchServer({ executablePath: browserPath(), args: chromiumFlags('none') });
  provide('site', site.url);
  provide('browser', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await site.close();
  };
}

/** turbo knows the content that the last build was made of, and does nothing if it is the same. */
async function build(): Promise<void> {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  // turbo asks for pnpm, which `npm test` keeps in this folder.
  const PATH = [join(root, '.bootstrap/pnpm/node_modules/.bin'), process.env.PATH].join(delimiter);
  const env: NodeJS.ProcessEnv = { ...process.env, PATH, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  delete env.NODE_ENV; // vitest's, which is no production
  try {
    await promisify(execFile)(process.execPath, ['node_modules/turbo/bin/turbo', 'run', 'build', '--filter=demo', '--output-logs=errors-only'], { cwd: root, env, maxBuffer: 2 ** 26 });
  } catch (error) {
    throw new Error(`The course could not be built:\n${(error as { stdout?: string }).stdout ?? ''}`, { cause: error });
  }
}
