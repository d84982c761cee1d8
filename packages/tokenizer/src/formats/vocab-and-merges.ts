// Reads and writes GPT-2's two files: vocab.json, token -> id, and merges.txt, one merge a line in order of rank. The files do not say how
// text is cut and which tokens are special.

import { checkOptions } from '@kk/options';
import type { AddedToken } from '../core/added-tokens.js';
import { quote } from '../text/well-formed.js';
import type { Tokenizer } from '../core/tokenizer.js';
import { BytePairTokenizer } from '../tokenizers/byte-pair.js';
import { tokenizerFromJSON } from './tokenizer-json/read.js';

export interface VocabAndMergesOptions {
  /**
   * Special and other added tokens. Those not in the vocabulary get the next ids after it. Default `<|endoftext|>` if the vocabulary has
   * it.
   */
  addedTokens?: readonly AddedToken[];
  /** The regular expression whose matches are the pieces. Default GPT2_PATTERN. */
  pattern?: string;
}

const HEADER = /^#version\b/;
const END_OF_TEXT = '<|endoftext|>';

/**
 * @param vocab  the parsed vocab.json
 * @param merges  the text of merges.txt
 * @throws {RangeError} naming the line or the token that is wrong
 */
export function tokenizerFromVocabAndMerges(vocab: unknown, merges: string, options: VocabAndMergesOptions = {}): Tokenizer {
  checkOptions<VocabAndMergesOptions>('tokenizerFromVocabAndMerges', options, { addedTokens: 'optional', pattern: 'optional' });
  if (typeof merges !== 'string') throw new TypeError(`The merges are ${quote(merges)}; expected the text of a merges.txt.`);
  const known = vocab !== null && typeof vocab === 'object' ? (vocab as Record<string, unknown>) : {};
  const added = options.addedTokens ?? (Object.hasOwn(known, END_OF_TEXT) ? [{ content: END_OF_TEXT, special: true }] : []);
  let next = Object.keys(known).length;
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: options.pattern === undefined };
  const split = { type: 'Split', pattern: { Regex: options.pattern }, behavior: 'Isolated', invert: false };
  return tokenizerFromJSON({
    version: '1.0',
    added_tokens: added.map(({ content, special, singleWord = false, stripLeft = false, stripRight = false, normalized = false }) => ({
      id: Object.hasOwn(known, content) ? known[content] : next++,
      content,
      special,
      single_word: singleWord,
      lstrip: stripLeft,
      rstrip: stripRight,
      normalized,
    })),
    pre_tokenizer: options.pattern === undefined ? byteLevel : { type: 'Sequence', pretokenizers: [split, byteLevel] },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: { type: 'BPE', vocab, merges: mergeLines(merges) },
  });
}

function mergeLines(text: string): string[] {
  const merges: string[] = [];
  text.split('\n').forEach((given, i) => {
    const line = given.replace(/\r$/, '');
    if (line === '' || (i === 0 && HEADER.test(line))) return;
    const parts = line.split(' ');
    if (parts.length !== 2 || parts.includes('')) throw new RangeError(`Line ${i + 1} of the merges is ${quote(line)}; expected two tokens with a space between them.`);
    merges.push(line);
  });
  return merges;
}

/**
 * The content of both files.
 * @throws {TypeError} when the tokenizer is not byte-level BPE with merges
 */
export function vocabAndMergesFromTokenizer(tokenizer: Tokenizer): { vocab: Record<string, number>; merges: string } {
  const { model } = tokenizer.toJSON();
  if (model.type !== 'BPE' || !(tokenizer instanceof BytePairTokenizer || tokenizer.kind === 'byte-pair')) {
    throw new TypeError('vocab.json and merges.txt hold byte-pair encoding; this tokenizer is another one. Save it as tokenizer.json.');
  }
  const merges = (model.merges as [string, string][]).map((merge) => `${merge.join(' ')}\n`);
  return { vocab: model.vocab as Record<string, number>, merges: `#version: 0.2\n${merges.join('')}` };
}
