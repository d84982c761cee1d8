import type { Options } from 'tsup';

/** See index.mjs. */
export function library(entry: Record<string, string>, overrides?: Options): Options | Options[] | ((options: Options) => Options | Options[] | Promise<Options | Options[]>);
