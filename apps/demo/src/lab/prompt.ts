// The ids that a model gets for a text that it is to continue.
import { storySeparator } from '@kk/corpora';
import type { ReadyModel } from './ready-model.js';

/**
 * The ids of a text, after those that stand before every story: in training, each followed the end of another. A space at the end of the
 * text is left out, as it belongs to the next token.
 */
export function promptOf({ tokenizer }: ReadyModel, text: string): number[] {
  return tokenizer.encode(storySeparator + text.trim());
}
