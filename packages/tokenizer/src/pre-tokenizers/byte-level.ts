// Cuts by GPT-2's pattern, then spells the pieces in the byte alphabet. If a byte-level BPE model follows, the pipeline
// skips the spelling, because that model reads the text itself (byte-level-model.ts).

import { prepend } from '../normalizers/prepend.js';
import { toByteAlphabet } from '../normalizers/byte-level.js';
import type { Piece } from '../text/piece.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { gpt2PreTokenizer } from './gpt2.js';
import type { PreTokenizerStep, WordGaps } from './step.js';

export class ByteLevel implements PreTokenizerStep {
  constructor(
    readonly addPrefixSpace: boolean,
    readonly trimOffsets: boolean,
    readonly useRegex: boolean,
  ) {}

  get wordGaps(): WordGaps {
    return this.useRegex ? 'cuts' : 'keeps';
  }

  split(piece: Piece): Piece[] {
    const text = this.withPrefix(piece);
    if (!this.useRegex) return [toByteAlphabet(text)];
    const pieces: Piece[] = [];
    gpt2PreTokenizer.forEachPiece(text.text, (start, end) => pieces.push(toByteAlphabet(text.slice(start, end))));
    return pieces;
  }

  /** Adds a space before the piece if the options ask for one and it is missing. */
  withPrefix(piece: Piece): Piece {
    return this.addPrefixSpace && !piece.text.startsWith(' ') ? prepend(piece, ' ') : piece;
  }

  toJSON(): ComponentJSON {
    return { type: 'ByteLevel', add_prefix_space: this.addPrefixSpace, trim_offsets: this.trimOffsets, use_regex: this.useRegex };
  }
}
