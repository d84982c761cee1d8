// Creates a tokenizer from the bytes or the URL of a file, in any format that consists of one file.

import { quote } from '../text/well-formed.js';
import { type Tokenizer } from '../tokenizer.js';
import { type WordPieceLayout } from '../tokenizers/word-piece.js';
import { type SentencePieceOptions, tokenizerFromSentencePiece } from '../sentence-piece/read.js';
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

/**
 * Reads a tokenizer.json, a SentencePiece `.model`, a `.tiktoken` file or a vocab.txt. The name decides the format; if it does not, the
 * content does.
 * @param name  the name of the file
 * @throws {TypeError|RangeError} naming what is wrong with the content
 */
export async function tokenizerFromBytes(bytes: Uint8Array | ArrayBuffer, name = '', options: FileOptions = {}): Promise<Tokenizer> {
  if (!(bytes instanceof Uint8Array) && !(bytes instanceof ArrayBuffer)) throw new TypeError(`tokenizerFromBytes got ${quote(bytes)}; expected a Uint8Array or an ArrayBuffer.`);
  const content = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  switch (formatOf(content, name)) {
    case 'json':
      return tokenizerFromJSON(parse(textOf(content)));
    case 'model':
      return tokenizerFromSentencePiece(content, options);
    case 'tiktoken':
      if (options.pattern === undefined) throw new TypeError('A .tiktoken file does not say how text is cut; expected the option pattern, for example CL100K_PATTERN.');
      return tokenizerFromRanks(content, { pattern: options.pattern, specialTokens: options.specialTokens });
    case 'txt':
      return tokenizerFromVocabText(textOf(content), options);
  }
}

/**
 * Fetches a tokenizer file and reads it like `tokenizerFromBytes`; the last part of the URL is the name.
 * @throws {Error} naming the URL, when it cannot be fetched
 */
export async function tokenizerFromURL(url: string | URL, options: FileOptions & { signal?: AbortSignal } = {}): Promise<Tokenizer> {
  const { href, pathname } = new URL(url, globalThis.location?.href);
  const response = await fetch(href, { signal: options.signal });
  if (!response.ok) throw new Error(`Cannot fetch ${href}: the server answered ${response.status} ${response.statusText}.`);
  return tokenizerFromBytes(await response.arrayBuffer(), pathname.slice(pathname.lastIndexOf('/') + 1), options);
}

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
