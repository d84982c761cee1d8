// Between text and the ids that a model gets: how a story begins, and how a word goes on from a text.
import { storySeparator } from '@kk/corpora';
import { pieceAfter, tokenPieces, type TokenPiece } from '../figures/token-pieces.js';
import type { ReadyModel } from './ready-model.js';

/** A token as it is shown, and as `tokenizer.decode` writes it. */
export interface Piece extends TokenPiece {
  decoded: string;
}

/**
 * The ids that a model gets for a text at the beginning of a story, to continue it: in training, each story followed a blank line. A space at
 * the end is left out, as it belongs to the next token.
 */
export function promptOf({ tokenizer }: ReadyModel, text: string): number[] {
  return [...tokenizer.encode(storySeparator + text.trim())]; // in one piece: alone, a blank line may be another token
}

/** The same ids, with the blank line apart from the text. */
export function idsFromBeginning(model: ReadyModel, text: string): { before: number[]; ids: number[] } {
  const { tokenizer } = model;
  const all = promptOf(model, text);
  let before = 0;
  while (before < all.length && tokenizer.decode(all.slice(0, before)).length < storySeparator.length) before++;
  return { before: all.slice(0, before), ids: all.slice(before) };
}

/** @param before  the ids before it, with which it may share a character */
export function piece({ tokenizer }: ReadyModel, id: number, before: readonly number[]): Piece {
  return { ...pieceAfter(before, id, (one) => tokenizer.tokenBytes(one)), decoded: tokenizer.decode([id]) };
}

/** The pieces of ids that stand one after the other. */
export function pieces({ tokenizer }: ReadyModel, ids: ArrayLike<number>): Piece[] {
  return tokenPieces(ids, (id) => tokenizer.tokenBytes(id)).map((one) => ({ ...one, decoded: tokenizer.decode([one.id]) }));
}

/** A word as it goes on from a text: with a space before it, unless the text ends with one or with an opening mark, or a mark comes. */
export function continuation(text: string, word: string): string {
  const trimmed = word.trim().replace(/\s+/g, ' ');
  if (trimmed === '') return '';
  return text === '' || /[\s„‚»(]$/.test(text) || /(?:^|\s)"$/.test(text) || /^[.,;:!?”“…)]/.test(trimmed) ? trimmed : ` ${trimmed}`;
}

/** The same word with its first letter large instead of small, or the other way round. */
export function otherCase(word: string): string {
  const [first = '', ...rest] = word;
  const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  return other + rest.join('');
}
