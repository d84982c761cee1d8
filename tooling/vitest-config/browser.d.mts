import type { InlineConfig } from 'vitest/node';
import type { UserConfig } from 'vitest/config';

/** The GPU support that a page finds: none that tests rely on, only WebGL2, or WebGPU and WebGL2. */
export type Gpu = 'none' | 'webgl2' | 'webgpu';

export interface BrowserTestOptions extends Omit<InlineConfig, 'browser' | 'name'> {
  /** Whether pages are cross-origin isolated, as shared memory requires. Default: false. */
  isolated?: boolean;
  /** One Chromium for each entry. Default: one without GPU. */
  gpu?: readonly Gpu[];
}

/** The Chromium flags for this GPU support. */
export function chromiumFlags(gpu: Gpu): string[];

/**
 * The path of the Chromium.
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
