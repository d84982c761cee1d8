// What `--tokenizer` may say: an algorithm to train, or a tokenizer that is there already.
import { InvalidArgumentError } from 'commander';

export type TokenizerSpec =
  | { kind: 'char' }
  /** At most `vocabSize` tokens, the most frequent words. */
  | { kind: 'word'; vocabSize: number }
  | { kind: 'bpe'; vocabSize: number }
  /** A tokenizer.json, or a folder that holds one. */
  | { kind: 'file'; path: string };

export const DEFAULT_WORDS = 5000;
export const DEFAULT_BPE = 1000;
const LARGEST_VOCABULARY = 1_000_000;

/** `char`, `word`, `word:5000`, `bpe`, `bpe:1000`, or a path. */
export function tokenizerSpec(text: string): TokenizerSpec {
  const match = /^(char|word|bpe)(?::(.*))?$/.exec(text);
  if (!match) {
    if (text === '') throw new InvalidArgumentError('Expected char, word, bpe:N or a file.');
    return { kind: 'file', path: text };
  }
  const [, kind, size] = match;
  if (kind === 'char') {
    if (size !== undefined) throw new InvalidArgumentError('The characters of the text are the vocabulary; expected char alone.');
    return { kind };
  }
  if (kind === 'word') return { kind, vocabSize: size === undefined ? DEFAULT_WORDS : vocabularySize(size, 2) };
  return { kind: 'bpe', vocabSize: size === undefined ? DEFAULT_BPE : vocabularySize(size, 256) };
}

/** @throws {InvalidArgumentError} unless it is a whole number of at least `minimum` */
export function vocabularySize(text: string, minimum: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= minimum && value <= LARGEST_VOCABULARY)) {
    throw new InvalidArgumentError(`Expected a vocabulary of ${minimum} to ${LARGEST_VOCABULARY} tokens${minimum === 256 ? ' (256 of them are the bytes)' : ''}.`);
  }
  return value;
}
