// Makes tokenizers for the verbs, by training or from a file.
import { BytePairTokenizer, CharacterTokenizer, splitBetweenWords, type Tokenizer, type TrainingProgress, UnigramTokenizer, WordPieceTokenizer, WordTokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { type ReadyMade, type TokenizerSpec } from '../options/tokenizer-spec.js';
import { fullPath } from './paths.js';

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
      return loadReadyMade(spec.name);
    case 'file':
      return loadTokenizer(fullPath(cwd, spec.path));
  }
}

/** Loads only the vocabulary that is needed. */
async function loadReadyMade(name: ReadyMade): Promise<Tokenizer> {
  switch (name) {
    case 'gpt2':
      return (await import('@kk/tokenizer/gpt2')).loadGpt2();
    case 'cl100k_base':
      return (await import('@kk/tokenizer/cl100k_base')).loadCl100kBase();
    case 'o200k_base':
      return (await import('@kk/tokenizer/o200k_base')).loadO200kBase();
  }
}

/** SentencePiece trains line by line, so no Unigram token spans two lines. */
async function* lines(parts: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  for await (const part of parts) yield* part.split(/\r?\n/);
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
