// Tokenizers as the verbs need them: trained on a text, or read from a file; and the ids of a text in the form that models take.
import { BytePairTokenizer, CharacterTokenizer, type Tokenizer, type TrainingProgress, UnigramTokenizer, WordPieceTokenizer, WordTokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { type ReadyMade, type TokenizerSpec } from '../options/tokenizer-spec.js';
import { fullPath } from './paths.js';

export interface TokenizerTexts {
  /** Where characters are collected, so that none of them is unknown later. */
  all: string;
  /** Where words and merges are learned. */
  training: string;
}

/** @throws {Error} naming what is wrong with the text or the file */
export async function makeTokenizer(spec: TokenizerSpec, texts: TokenizerTexts, { cwd, onProgress }: { cwd: string; onProgress?: (progress: TrainingProgress) => void }): Promise<Tokenizer> {
  switch (spec.kind) {
    case 'char':
      return CharacterTokenizer.train(texts.all);
    case 'word':
      return WordTokenizer.train(texts.training, { maxVocabSize: spec.vocabSize });
    case 'bpe':
      return BytePairTokenizer.train(texts.training, { vocabSize: spec.vocabSize, onProgress });
    case 'wordpiece':
      return WordPieceTokenizer.train(texts.training, { vocabSize: spec.vocabSize, onProgress });
    case 'unigram':
      return UnigramTokenizer.train(lines(texts.training), { vocabSize: spec.vocabSize, onProgress });
    case 'ready-made':
      return loadReadyMade(spec.name);
    case 'file':
      return loadTokenizer(fullPath(cwd, spec.path));
  }
}

/** Each loads only its own vocabulary. */
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

/** SentencePiece reads its texts line by line, and so no token of Unigram spans two. */
const lines = (text: string): string[] => text.split(/\r?\n/);

export const encodeText = (tokenizer: Tokenizer, text: string): Int32Array => Int32Array.from(tokenizer.encode(text));

/** UTF-8 bytes of the text without its first token, the only one that no model predicts. */
export function predictedBytes(tokenizer: Tokenizer, text: string, ids: ArrayLike<number>): number {
  return Buffer.byteLength(text, 'utf8') - (ids.length > 0 ? tokenizer.tokenBytes(ids[0]).length : 0);
}

/** Nats per token in bits per byte, which compares across vocabularies; NaN for no bytes. */
export const bitsPerByte = (loss: number, tokens: number, bytes: number): number => (bytes > 0 ? (loss * tokens) / Math.LN2 / bytes : NaN);

/** `4,000 byte pairs` and the like, for people. */
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
