import type { InlineConfig } from 'vitest/node';
import type { UserConfig } from 'vitest/config';

/** What a page's code finds of a GPU: nothing that the tests rely on, WebGL2 alone, or WebGPU and WebGL2. */
export type Gpu = 'none' | 'webgl2' | 'webgpu';

export interface BrowserTestOptions extends Omit<InlineConfig, 'browser' | 'name'> {
  /** Whether pages are cross-origin isolated, which shared memory needs. Default: false. */
  isolated?: boolean;
  /** One Chromium for each. Default: one without any. */
  gpu?: readonly Gpu[];
}

/** The flags of a Chromium in which a page finds this of a GPU. */
export function chromiumFlags(gpu: Gpu): string[];

/**
 * Where the Chromium is.
 * @throws {Error} if there is none
 */
export function browserPath(): string;

/** See browser.mjs. */
export function browserTests(name: string, options: BrowserTestOptions): UserConfig;

declare module 'vitest' {
  interface ProvidedContext {
    gpu: Gpu;
  }
}
