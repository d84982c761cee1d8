// Compressors of Node for the measure `compression` of @kk/corpora/stats.
import { Readable, type Transform } from 'node:stream';
import { constants, createBrotliCompress, createDeflate } from 'node:zlib';
import { checkOptions } from '@kk/options';
import { checkInteger } from './stats/options.js';
import type { Compressor } from './stats/compression.js';

export interface ZlibOptions {
  /** 1 (fast) to 9 (small). Default 9. */
  level?: number;
}

export interface BrotliOptions {
  /** 0 (fast) to 11 (small). Default 11. */
  quality?: number;
}

/** DEFLATE in the zlib format, with a window of 32 kB. @throws RangeError if the level is out of range */
export function zlib(options: ZlibOptions = {}): Compressor {
  checkOptions<ZlibOptions>('zlib', options, { level: true });
  const { level = 9 } = options;
  checkInteger('level', level, 1, 9);
  return sizeThrough(() => createDeflate({ level }));
}

/**
 * Brotli, with a window of up to 16 MB and a built-in dictionary of frequent words of several languages. @throws RangeError if the quality
 * is out of range
 */
export function brotli(options: BrotliOptions = {}): Compressor {
  checkOptions<BrotliOptions>('brotli', options, { quality: true });
  const { quality = 11 } = options;
  checkInteger('quality', quality, 0, 11);
  return sizeThrough(() => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS } }));
}

const sizeThrough = (create: () => Transform): Compressor => async (bytes) => {
  const source = Readable.from(bytes, { objectMode: false });
  const transform = create();
  // `pipe` does not forward errors.
  source.once('error', (error) => transform.destroy(error));
  let size = 0;
  for await (const chunk of source.pipe(transform)) size += (chunk as Uint8Array).length;
  return size;
};
