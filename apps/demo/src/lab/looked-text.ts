// Chapter 6: a text as its figures look into it, as the beginning of a story, and what a GPT expects after it.
import type { TokenChance } from '@kk/gpt/explain';
import { piece, pieces, promptOf, type Piece } from './model-text.js';
import type { ReadyModel } from './ready-model.js';

export interface LookedText {
  ids: number[];
  /** One for each id; the first are the blank line that ends the story before. */
  tokens: Piece[];
  /** Whether the model cannot read all of it: then these are the last tokens. */
  isCut: boolean;
}

export interface Chance extends Piece {
  /** From 0 to 1. */
  probability: number;
}

export function lookedText(model: ReadyModel, text: string): LookedText {
  const all = promptOf(model, text);
  const ids = all.slice(-model.gpt.config.contextLength);
  return { ids, tokens: pieces(model, ids), isCut: ids.length < all.length };
}

/** @param before  the ids after which they are expected */
export const chancesAfter = (model: ReadyModel, before: readonly number[], chances: readonly TokenChance[]): Chance[] =>
  chances.map(({ id, probability }) => ({ ...piece(model, id, before), probability }));
