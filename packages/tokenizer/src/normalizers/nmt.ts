// Cleans up as SentencePiece's "nmt" rules do: removes control characters and turns unusual white space into a space.

import type { Piece } from '../text/piece.js';
import { replaceCharacters } from '../text/rewriter.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { Normalizer } from './normalizer.js';

const SPACES = '\\t\\n\\f\\r\\u1680\\u200B-\\u200F\\u2028\\u2029\\u2581\\uFEFF\\uFFFD';
const affected = /* @__PURE__ */ new RegExp(`[\\x01-\\x08\\x0B\\x0E-\\x1F\\x7F\\x8F\\x9F${SPACES}]`, 'gu');
const toSpace = /* @__PURE__ */ new RegExp(`[${SPACES}]`, 'u');

export class Nmt implements Normalizer {
  readonly keepsWordGaps = true;

  normalize(piece: Piece): Piece {
    return replaceCharacters(piece, affected, (character) => (toSpace.test(character) ? ' ' : ''));
  }

  toJSON(): ComponentJSON {
    return { type: 'Nmt' };
  }
}
