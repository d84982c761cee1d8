// Writes every byte of the text's UTF-8 as a character of GPT-2's byte alphabet.

import type { Piece } from '../text/piece.js';
import { replaceCharacters } from '../text/rewriter.js';
import { byteToCharacter } from '../text/byte-alphabet.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { Normalizer } from './normalizer.js';

const anyCharacter = /[^]/gu;
const encoder = /* @__PURE__ */ new TextEncoder();

export class ByteLevelNormalizer implements Normalizer {
  /** False, because a space becomes Ġ, which later steps may treat in any way. */
  readonly keepsWordGaps = false;

  normalize(piece: Piece): Piece {
    return toByteAlphabet(piece);
  }

  toJSON(): ComponentJSON {
    return { type: 'ByteLevel' };
  }
}

export function toByteAlphabet(piece: Piece): Piece {
  return replaceCharacters(piece, anyCharacter, (character) => Array.from(encoder.encode(character), (byte) => byteToCharacter[byte]).join(''));
}
