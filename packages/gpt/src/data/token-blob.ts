// Opens a file of tokens in a browser: one that was dropped into the page, or downloaded.
import { openTokens, type OpenTokensOptions } from './token-reader.js';
import type { TokenSource } from './token-source.js';

/**
 * Opens a file of tokens without reading it into memory, as `openTokenFile` of `@kk/gpt/node` does.
 * @throws Error that names the Blob (a `File` by its name) and what is wrong with it
 */
export function openTokenBlob(blob: Blob, options: OpenTokensOptions = {}): Promise<TokenSource> {
  const name = 'name' in blob && typeof blob.name === 'string' ? blob.name : 'The Blob';
  return openTokens({ name, size: blob.size, read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()) }, options);
}
