// The values of `--tokenizer`: an algorithm to train, or an existing tokenizer.
import type { EncodingName } from '@kk/tokenizer/openai';
import { InvalidArgumentError } from 'commander';

export type TokenizerSpec =
  | { kind: 'char' }
  /** At most `vocabSize` tokens, the most frequent words. */
  | { kind: 'word'; vocabSize: number }
  | { kind: 'bpe'; vocabSize: number }
  | { kind: 'wordpiece'; vocabSize: number }
  | { kind: 'unigram'; vocabSize: number }
  /** A vocabulary of OpenAI. */
  | { kind: 'ready-made'; name: ReadyMade }
  /** A tokenizer.json or another format, or a folder that holds one; the name of a model of OpenAI, if there is no such file. */
  | { kind: 'file'; path: string };

/** The vocabularies of OpenAI. Their names are here, too, so that no verb loads a vocabulary before it is asked for; a test compares them. */
export const readyMade = ['gpt2', 'r50k_base', 'p50k_base', 'p50k_edit', 'cl100k_base', 'o200k_base', 'o200k_harmony'] as const satisfies readonly EncodingName[];
export type ReadyMade = (typeof readyMade)[number];

/** What a tokenizer may be that is not learned, for help texts. Names of models are looked up where there is no file. */
export const KNOWN_TOKENIZERS = `a file or folder, a vocabulary of OpenAI (${readyMade.join(', ')}), or one of its models (gpt-4o)`;

/** All names that are no file. */
export const tokenizerNames = ['char', 'word', 'bpe', 'wordpiece', 'unigram', ...readyMade] as const;

/** The values of `--tokenizer`, for help texts. */
export const TOKENIZERS = `char, word[:N], bpe[:N], wordpiece[:N], unigram[:N], ${KNOWN_TOKENIZERS}`;

export const DEFAULT_WORDS = 5000;
export const DEFAULT_BPE = 1000;
const LARGEST_VOCABULARY = 1_000_000;

/** The minimum vocabulary size of each algorithm: 256 bytes; five special tokens and a character; three and a character. */
export const LEAST = { bpe: 256, wordpiece: 6, unigram: 4 } as const;

/** Parses `char`, `word`, `word:5000`, `bpe`, `bpe:1000`, `wordpiece:1000`, `unigram:1000`, `gpt2` and the like, or a path. */
export function tokenizerSpec(text: string): TokenizerSpec {
  const match = /^(char|word|bpe|wordpiece|unigram)(?::(.*))?$/.exec(text);
  if (!match) {
    if (text === '') throw new InvalidArgumentError(`Expected ${TOKENIZERS}.`);
    const name = readyMade.find((known) => known === text);
    return name ? { kind: 'ready-made', name } : { kind: 'file', path: text };
  }
  const [, kind, size] = match;
  if (kind === 'char') {
    if (size !== undefined) throw new InvalidArgumentError('The characters of the text are the vocabulary; expected char alone.');
    return { kind };
  }
  if (kind === 'word') return { kind, vocabSize: size === undefined ? DEFAULT_WORDS : vocabularySize(size, 2) };
  const algorithm = kind as keyof typeof LEAST;
  return { kind: algorithm, vocabSize: size === undefined ? DEFAULT_BPE : vocabularySize(size, LEAST[algorithm]) };
}

/** @throws {InvalidArgumentError} unless it is an integer of at least `minimum` */
export function vocabularySize(text: string, minimum: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= minimum && value <= LARGEST_VOCABULARY)) {
    throw new InvalidArgumentError(`Expected a vocabulary of ${minimum} to ${LARGEST_VOCABULARY} tokens${minimum === 256 ? ' (256 of them are the bytes)' : ''}.`);
  }
  return value;
}
