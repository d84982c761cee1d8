// Converts ids to the pieces that token-rows.ts shows.
import { type Tokenizer } from '@kk/tokenizer';
import { type TokenPiece } from './token-rows.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text that each id adds. */
export function* piecesOf(tokenizer: Tokenizer, ids: Iterable<number>): Generator<TokenPiece> {
  for (const id of ids) yield { id, text: decoder.decode(tokenizer.tokenBytes(id)) };
}
