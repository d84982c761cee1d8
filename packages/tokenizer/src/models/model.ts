// The third step of the pipeline: a piece of text to tokens. A model knows its own tokens only; special and other added tokens,
// and everything before and after, are the pipeline's matter.
// A new model is a new file that implements Model, and a line in formats/tokenizer-json/read-model.ts.

import { type ModelJSON, type TokenizerKind } from '../tokenizer.js';
import { idsByToken, type TokenList } from '../vocabulary.js';

/** What a token is, seen from the model. */
export type TokenCause =
  /** A part of the piece that is in the vocabulary. */
  | 'known'
  /** A part that is not, so the unknown token stands for it. */
  | 'unknown'
  /** One byte of a character that is not in the vocabulary. */
  | 'byte';

/** Receives one token: its id and which units of the piece it stands for, from left to right. Ranges cover whole characters. */
export type EmitToken = (id: number, start: number, end: number, cause: TokenCause) => void;

export interface Model {
  readonly kind: TokenizerKind;
  /**
   * Cuts a piece, which is not empty and holds no lone surrogate, into tokens.
   * @throws {RangeError} when a part of it has no token and there is no unknown token
   */
  tokenize(piece: string, emit: EmitToken): void;
  /**
   * The signs for a space, of ' ', ▁ and Ġ, before which a piece can be cut between two words without a change to its tokens.
   * Empty where tokens depend on the whole piece, or where a token goes on from a word to a space.
   */
  readonly wordGaps: string;
  toJSON(): ModelJSON;
}

/** What can stand for a space. */
const GAPS = ' \u2581\u0120';
const wordThenGap = /* @__PURE__ */ new RegExp(`[\\p{L}\\p{N}][${GAPS}]`, 'u');

/** Those signs for a space that are tokens, if no token goes on from a letter or digit to one of them. */
export function wordGapsOf(tokens: ReadonlyMap<string, number>): string {
  for (const token of tokens.keys()) if (wordThenGap.test(token)) return '';
  return [...GAPS].filter((gap) => tokens.has(gap)).join('');
}

/** `Object.fromEntries` defines properties, so that `__proto__` becomes a key like any other. */
export function vocabularyObject(tokens: TokenList): Record<string, number> {
  return Object.fromEntries(idsByToken(tokens));
}
