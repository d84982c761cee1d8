// Measures how many bits per character a general compressor needs: an upper bound of a text's entropy that anybody can check. The
// compressor of browsers and Node is built in; zlib with a level and brotli are in @kk/corpora/node.
import { checkOptions } from '@kk/options';
import { checkedChunks, type TextChunks } from './measure.js';
import type { Statistic } from './statistic.js';
import { WholeCharacters } from './words.js';

/** Consumes bytes and promises their compressed size in bytes. */
export type Compressor = (bytes: AsyncIterable<Uint8Array>) => Promise<number>;

export interface CompressionOptions {
  /** Default `deflate`, which Node and browsers support. */
  compressor?: Compressor;
}

export interface Compression {
  /** The number of code points. */
  readonly characters: number;
  /** The number of bytes in UTF-8. */
  readonly bytes: number;
  readonly compressedBytes: number;
  /** NaN for an empty text. For short texts it is too high, because of the compressor's headers and its learning phase. */
  readonly bitsPerCharacter: number;
  /** compressedBytes * 8 / bytes. */
  readonly bitsPerByte: number;
}

/** The zlib format at the engine's own level, through CompressionStream (Node from 18, browsers from 2023). */
export const deflate: Compressor = async (bytes) => {
  if (typeof CompressionStream === 'undefined') throw new Error('this engine has no CompressionStream: give a compressor of your own, or zlib() from @kk/corpora/node');
  const stream = new CompressionStream('deflate');
  const writer = stream.writable.getWriter();
  const written = (async () => {
    for await (const chunk of bytes) await writer.write(chunk as Uint8Array<ArrayBuffer>);
    await writer.close();
  })();
  let size = 0;
  const reader = stream.readable.getReader();
  const read = (async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) size += next.value.length;
  })();
  // A failure on one side would leave the other waiting.
  written.catch((error: unknown) => writer.abort(error).catch(() => undefined));
  await Promise.all([written, read]);
  return size;
};

/**
 * Compressed size of a text in bits per character. Memory: a chunk and the compressor's window.
 *
 * @param source a text, or its pieces in order
 * @throws TypeError if the source is neither a string nor an iterable of strings
 */
export async function compression(source: string | TextChunks, options: CompressionOptions = {}): Promise<Compression> {
  checkOptions<CompressionOptions>('compression', options, { compressor: true });
  const { compressor = deflate } = options;
  const encoder = new TextEncoder();
  const whole = new WholeCharacters();
  let characters = 0;
  let bytes = 0;
  const encoded = (text: string): Uint8Array => {
    for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) characters++;
    const chunk = encoder.encode(text);
    bytes += chunk.length;
    return chunk;
  };
  async function* stream(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of checkedChunks('compression', typeof source === 'string' ? [source] : source)) {
      const text = whole.add(chunk);
      if (text !== '') yield encoded(text);
    }
    if (whole.rest() !== '') yield encoded(whole.rest());
  }
  const compressedBytes = await compressor(stream());
  return { characters, bytes, compressedBytes, bitsPerCharacter: characters === 0 ? NaN : (compressedBytes * 8) / characters, bitsPerByte: bytes === 0 ? NaN : (compressedBytes * 8) / bytes };
}

export const zlibStatistic: Statistic<Compression> = {
  functions: { compression: 'bits per character and per byte through a compressor: `deflate` (every engine has it), `zlib` and `brotli` of `@kk/corpora/node`, or your own' },
  measure: ({ compressors }) => (chunks) => compression(chunks, { compressor: compressors.zlib }),
  figures: () => [
    {
      group: 'entropy',
      name: { en: 'zlib, per character', de: 'zlib, je Zeichen' },
      meaning: { en: 'bits per character of the compressed text. Fewer means more regular.', de: 'Bit je Zeichen des komprimierten Textes. Weniger heißt: regelmäßiger.' },
      form: { decimals: 2 },
      value: ({ bitsPerCharacter }) => bitsPerCharacter,
    },
  ],
};

export const brotliStatistic: Statistic<Compression> = {
  functions: {},
  measure: ({ compressors }) => (chunks) => compression(chunks, { compressor: compressors.brotli }),
  figures: () => [{ group: 'entropy', name: { en: 'brotli, per character', de: 'brotli, je Zeichen' }, form: { decimals: 2 }, value: ({ bitsPerCharacter }) => bitsPerCharacter }],
};
