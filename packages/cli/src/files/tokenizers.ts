// Makes tokenizers for the verbs, by training or from a file.
import { BytePairTokenizer, CharacterTokenizer, splitBetweenWords, type Tokenizer, type TrainingProgress, UnigramTokenizer, WordPieceTokenizer, WordTokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { stat } from 'node:fs/promises';
import { DEFAULT_WORDS, readyMade, type ReadyMade, type TokenizerSpec } from '../options/tokenizer-spec.js';
import { Failure } from '../errors.js';
import { numberFormats } from '../terminal/numbers.js';
import { fullPath } from './paths.js';
import { orInterrupted } from './until-interrupted.js';

const numbers = numberFormats('en');

/** The training data of a tokenizer. */
export interface TokenizerTexts {
  /** All characters of the texts, so that none of them is unknown later. */
  alphabet: string;
  /** The text on which words and merges are trained, in pieces. */
  training: AsyncIterable<string> | Iterable<string>;
}

/** For tokenizers that need no training. */
export const noTexts: TokenizerTexts = { alphabet: '', training: [] };

export interface MakeTokenizerOptions {
  cwd: string;
  onProgress?: (progress: TrainingProgress) => void;
  signal?: AbortSignal;
}

/** @throws {Error} naming what is wrong with the text or the file; the signal's reason when stopped */
export async function makeTokenizer(spec: TokenizerSpec, texts: TokenizerTexts, { cwd, onProgress, signal }: MakeTokenizerOptions): Promise<Tokenizer> {
  const parts = splitBetweenWords(texts.training);
  switch (spec.kind) {
    case 'char':
      return CharacterTokenizer.train(texts.alphabet);
    case 'word':
      return WordTokenizer.trainAsync(parts, { maxVocabSize: spec.vocabSize, signal });
    case 'bpe':
      return BytePairTokenizer.trainAsync(parts, { vocabSize: spec.vocabSize, onProgress, signal });
    case 'wordpiece':
      return WordPieceTokenizer.trainAsync(parts, { vocabSize: spec.vocabSize, onProgress, signal });
    case 'unigram':
      return UnigramTokenizer.trainAsync(lines(parts), { vocabSize: spec.vocabSize, onProgress, signal });
    case 'ready-made':
      return (await import('@kk/tokenizer/openai')).loadEncoding(spec.name);
    case 'file':
      return loadTokenizerFile(spec.path, { cwd, signal, learned: texts === noTexts ? [] : LEARNED });
  }
}

/** How the tokenizers that are learned are named on the command line. */
const LEARNED = ['char', 'word[:N]', 'bpe[:N]', 'wordpiece[:N]', 'unigram[:N]'];

interface LoadTokenizerOptions extends NonNullable<Parameters<typeof loadTokenizer>[1]> {
  cwd: string;
  signal?: AbortSignal;
  /** The names of tokenizers that could be learned instead. */
  learned?: readonly string[];
}

/**
 * Loads a file or folder, or the vocabulary of a model of OpenAI where no file has its name.
 * @param path  as the user typed it
 * @throws {Failure} listing the names that are no files, when there is no such file and its name does not end like one; the signal's reason
 * when stopped
 */
export async function loadTokenizerFile(path: string, { cwd, signal, learned = [], ...options }: LoadTokenizerOptions): Promise<Tokenizer> {
  const full = fullPath(cwd, path);
  const found = await stat(full).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  // What ends like a file was meant as one: loading says that it is missing.
  if (!found && !/[\\/]|\.(?:json|model|txt|tiktoken)$/.test(path)) {
    const ofModel = await loadOfModel(path);
    if (ofModel) return ofModel;
    throw new Failure(`The tokenizers with a name are ${[...learned, ...readyMade].join(', ')}, and OpenAI's models such as gpt-4o; there is no file or folder ${path} either.`);
  }
  return signal ? orInterrupted(signal, loadTokenizer(full, options)) : loadTokenizer(full, options);
}

/** @returns undefined when OpenAI has no model of this name */
async function loadOfModel(model: string): Promise<Tokenizer | undefined> {
  const { encodingNameForModel, loadEncoding } = await import('@kk/tokenizer/openai');
  let name: ReadyMade;
  try {
    name = encodingNameForModel(model);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return loadEncoding(name);
}

/** SentencePiece trains line by line, so no Unigram token spans two lines. */
async function* lines(parts: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  for await (const part of parts) yield* part.split(/\r?\n/);
}

/**
 * The size that was asked for, if the text has too few tokens for it. The size of a word vocabulary is a limit, so that only one that was
 * asked for counts as a wish.
 */
export function askedInVain(spec: TokenizerSpec, { vocabSize }: Pick<Tokenizer, 'vocabSize'>): number | undefined {
  if (!('vocabSize' in spec) || (spec.kind === 'word' && spec.vocabSize === DEFAULT_WORDS)) return undefined;
  return vocabSize < spec.vocabSize ? spec.vocabSize : undefined;
}

/**
 * For example `300 of 1,000 tokens, 5 s`. The time that is left cannot be known: each token is found in another time.
 * @param started  when the training began, as `performance.now()`
 */
export function learningInWords({ tokens, vocabSize }: TrainingProgress, started: number): string {
  const state = tokens === 0 ? 'looking for frequent pieces' : `${numbers.integer(tokens)} of ${numbers.integer(vocabSize)} tokens`;
  return `${state}, ${numbers.duration((performance.now() - started) / 1000)}`;
}

/** Converts nats per token to bits per byte, which can be compared between vocabularies; NaN for no bytes. */
export const bitsPerByte = (loss: number, tokens: number, bytes: number): number => (bytes > 0 ? (loss * tokens) / Math.LN2 / bytes : NaN);

/** A description for people, for example `4,000 byte pairs`. */
export function describeTokenizer(tokenizer: Tokenizer): string {
  const size = tokenizer.vocabSize.toLocaleString('en');
  switch (tokenizer.kind) {
    case 'character':
      return `characters, ${size} of them`;
    case 'word':
      return `words, ${size} of them`;
    case 'byte-pair':
      return `byte-level BPE with ${size} tokens`;
    case 'word-piece':
      return `WordPiece with ${size} tokens`;
    case 'unigram':
      return `Unigram with ${size} tokens`;
  }
}
