// Creates a tokenizer from the bytes or the URL of a file, in any format that consists of one file.

import { checkOptions, type OptionNames } from '@kk/options';
import { quote } from '../text/well-formed.js';
import type { Tokenizer } from '../core/tokenizer.js';
import type { WordPieceLayout } from '../tokenizers/word-piece.js';
import { type SentencePieceOptions, tokenizerFromSentencePiece } from './sentence-piece/read.js';
import { tokenizerFromRanks } from './from-ranks.js';
import { tokenizerFromJSON } from './tokenizer-json/read.js';
import { tokenizerFromVocabText } from './vocab-text.js';

/** Settings that a file does not contain; each option applies to one format. */
export interface FileOptions extends SentencePieceOptions, WordPieceLayout {
  /** For `.tiktoken`: the regular expression whose matches are the pieces. Required there. */
  pattern?: string;
  /** For `.tiktoken`: special token -> id. */
  specialTokens?: Readonly<Record<string, number>>;
}

const fileNames: OptionNames<FileOptions> = {
  before: 'optional',
  after: 'optional',
  lowercase: 'flag',
  unknownToken: 'optional',
  prefix: 'optional',
  pattern: 'optional',
  specialTokens: 'optional',
};

/** @throws {TypeError} naming the option that is misspelt */
export const checkFileOptions = (owner: string, options: FileOptions): void => checkOptions(owner, options, fileNames);

/**
 * Reads a tokenizer.json, a SentencePiece `.model`, a `.tiktoken` file or a vocab.txt. The name decides the format; if it does not, the
 * content does.
 * @param name  the name of the file
 * @throws {TypeError|RangeError} naming what is wrong with the content
 */
export async function tokenizerFromBytes(bytes: Uint8Array | ArrayBuffer, name = '', options: FileOptions = {}): Promise<Tokenizer> {
  checkFileOptions('tokenizerFromBytes', options);
  if (!(bytes instanceof Uint8Array) && !(bytes instanceof ArrayBuffer)) throw new TypeError(`tokenizerFromBytes got ${quote(bytes)}; expected a Uint8Array or an ArrayBuffer.`);
  const content = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  switch (formatOf(content, name)) {
    case 'json':
      return tokenizerFromJSON(parse(textOf(content)));
    case 'model':
      return tokenizerFromSentencePiece(content, { before: options.before, after: options.after });
    case 'tiktoken':
      if (options.pattern === undefined) throw new TypeError('A .tiktoken file does not say how text is cut; expected the option pattern, for example CL100K_PATTERN.');
      return tokenizerFromRanks(content, { pattern: options.pattern, specialTokens: options.specialTokens });
    case 'txt':
      return tokenizerFromVocabText(textOf(content), { lowercase: options.lowercase, unknownToken: options.unknownToken, prefix: options.prefix });
  }
}

/**
 * Fetches a tokenizer file and reads it like `tokenizerFromBytes`; the last part of the URL is the name.
 * @throws {TypeError} when the URL is none; {Error} naming it, when it cannot be fetched or holds no tokenizer
 */
export async function tokenizerFromURL(url: string | URL, options: FileOptions & { signal?: AbortSignal } = {}): Promise<Tokenizer> {
  checkOptions<FileOptions & { signal?: AbortSignal }>('tokenizerFromURL', options, { ...fileNames, signal: 'optional' });
  const { signal, ...ofFile } = options;
  const { href, pathname } = addressOf(url);
  const bytes = await fetchBytes(href, signal);
  try {
    return await tokenizerFromBytes(bytes, pathname.slice(pathname.lastIndexOf('/') + 1), ofFile);
  } catch (error) {
    throw new Error(`Cannot load ${href}: ${messageOf(error)}`, { cause: error });
  }
}

/** The address, in a page as seen from there. */
function addressOf(url: string | URL): URL {
  try {
    return new URL(url, globalThis.location?.href);
  } catch (error) {
    throw new TypeError(`tokenizerFromURL got ${quote(url)}; expected the address of a file, such as "https://example.org/tokenizer.json".`, { cause: error });
  }
}

async function fetchBytes(href: string, signal: AbortSignal | undefined): Promise<ArrayBuffer> {
  let response: Response;
  let bytes: ArrayBuffer;
  try {
    response = await fetch(href, { signal });
    bytes = await response.arrayBuffer();
  } catch (error) {
    if (signal?.aborted) throw error;
    // In Node, "fetch failed" has the reason as its cause.
    const reason = messageOf(error instanceof Error && error.cause ? error.cause : error);
    throw new Error(`Cannot fetch ${href}: ${reason}. Check the address and the connection; in a page, the server must allow it to read the file (CORS).`, { cause: error });
  }
  if (!response.ok) throw new Error(`Cannot fetch ${href}: the server answered ${`${response.status} ${response.statusText}`.trim()}.`);
  return bytes;
}

const messageOf = (error: unknown): string => (error instanceof Error && error.message) || String(error);

function formatOf(content: Uint8Array, name: string): 'json' | 'model' | 'tiktoken' | 'txt' {
  const extension = /\.(json|model|tiktoken|txt)$/i.exec(name)?.[1].toLowerCase();
  if (extension !== undefined) return extension as 'json';
  const first = content.find((byte) => byte > 0x20);
  if (first === 0x7b) return 'json'; // {
  // A SentencePiece model begins with its first piece: field 1, length-delimited.
  if (content[0] === 0x0a && content[2] === 0x0a) return 'model';
  const start = new TextDecoder().decode(content.subarray(0, 200));
  return /^[A-Za-z0-9+/]+=* \d+\r?\n/.test(start) ? 'tiktoken' : 'txt';
}

function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (error) {
    throw new RangeError('The file is not valid UTF-8; save it as UTF-8 first.', { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RangeError('The file is not valid JSON; expected a tokenizer.json.', { cause: error });
  }
}
