// Between text and the ids that a model gets: how a story begins, and how a word goes on from a text.
import { storySeparator } from '@kk/corpora';
import type { ReadyModel } from './ready-model.js';

/** A token as it is shown. */
export interface Piece {
  id: number;
  text: string;
}

/** The ids before a story's first word: in training, each story followed the end of another. */
export function idsBeforeText({ tokenizer }: ReadyModel): number[] {
  return Array.from(tokenizer.encode(storySeparator));
}

export function piece({ tokenizer }: ReadyModel, id: number): Piece {
  return { id, text: tokenizer.decode([id]) };
}

export function pieces(model: ReadyModel, ids: ArrayLike<number>): Piece[] {
  return Array.from(ids, (id) => piece(model, id));
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
