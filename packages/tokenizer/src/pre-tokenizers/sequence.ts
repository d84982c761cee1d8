// Runs several pre-tokenizers; each cuts the pieces of the one before.

import type { Piece } from '../text/piece.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { PreTokenizerStep, WordGaps } from './step.js';

export class PreTokenizerSequence implements PreTokenizerStep {
  constructor(readonly steps: readonly PreTokenizerStep[]) {}

  get wordGaps(): WordGaps {
    const gaps = this.steps.map((step) => step.wordGaps);
    return gaps.includes('unknown') ? 'unknown' : gaps.includes('cuts') ? 'cuts' : 'keeps';
  }

  split(piece: Piece): Piece[] {
    return this.steps.reduce((pieces: Piece[], step) => pieces.flatMap((part) => step.split(part)).filter((part) => part.text !== ''), [piece]);
  }

  toJSON(): ComponentJSON {
    return { type: 'Sequence', pretokenizers: this.steps.map((step) => step.toJSON()) };
  }
}
