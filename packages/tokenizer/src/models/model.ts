// Defines the third step of the pipeline, which cuts a piece of text into tokens. A model knows only its own tokens; the pipeline handles
// added tokens and all other steps.
// To add a model, implement Model in a folder of its own, add its name to TokenizerKind in core/tokenizer.ts, its data to ModelData in
// pipeline/parts.ts, a line to pipeline/make-model.ts, and one to formats/tokenizer-json/read-model.ts.

import type { ModelJSON, TokenizerKind } from '../core/tokenizer.js';
import { idsByToken, type TokenList } from '../core/vocabulary.js';

/** Why the model produced a token. */
export type TokenCause =
  /** A part of the piece that is in the vocabulary. */
  | 'known'
  /** The unknown token, for a part that is not in the vocabulary. */
  | 'unknown'
  /** One byte of a character that is not in the vocabulary. */
  | 'byte'
  /** An added token that the model found itself. */
  | 'added';

/**
 * Receives the tokens in their order: each one's id and its range of UTF-16 units of the piece. Ranges cover whole characters. They follow each
 * other from left to right, but for an unknown token that stands before bytes and comes behind them (see `Bpe`).
 */
export type EmitToken = (id: number, start: number, end: number, cause: TokenCause) => void;

export interface Model {
  readonly kind: TokenizerKind;
  /**
   * Cuts a piece, which is not empty and holds no lone surrogate, into tokens.
   * @throws {RangeError} when a part of it has no token and there is no unknown token
   */
  tokenize(piece: string, emit: EmitToken): void;
  /**
   * The space characters (out of ' ', ▁ and Ġ) before which a piece can be cut between two words without changing its tokens. Empty if
   * tokens depend on the whole piece, or if a token spans the end of a word and a space.
   */
  readonly wordGaps: string;
  toJSON(): ModelJSON;
}

/** The characters that can stand for a space. */
const GAPS = ' \u2581\u0120';
const wordThenGap = /* @__PURE__ */ new RegExp(`[\\p{L}\\p{N}][${GAPS}]`, 'u');

/** The space characters that are tokens; empty if a token contains one right after a letter or digit. */
export function wordGapsOf(tokens: ReadonlyMap<string, number>): string {
  for (const token of tokens.keys()) if (wordThenGap.test(token)) return '';
  return [...GAPS].filter((gap) => tokens.has(gap)).join('');
}

/** `Object.fromEntries` defines properties, so that `__proto__` becomes a key like any other. */
export function vocabularyObject(tokens: TokenList): Record<string, number> {
  return Object.fromEntries(idsByToken(tokens));
}
