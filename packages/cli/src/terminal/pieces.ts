// Ids as the pieces that token-rows.ts shows.
import { type Tokenizer } from '@kk/tokenizer';
import { type TokenPiece } from './token-rows.js';

/** What each id writes by itself. */
export function* piecesOf(tokenizer: Tokenizer, ids: Iterable<number>): Generator<TokenPiece> {
  for (const id of ids) yield { id, text: tokenizer.decode([id]) };
}
