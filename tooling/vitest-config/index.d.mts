import type { InlineConfig } from 'vitest/node';
import type { UserConfig } from 'vitest/config';

/** See index.mjs. */
export function unitTests(name: string, test?: InlineConfig): UserConfig;

/** See index.mjs. */
export function aloneTests(name: string, test?: InlineConfig): UserConfig;
