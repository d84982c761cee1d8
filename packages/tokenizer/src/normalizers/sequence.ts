// Runs several normalizers, one after the other.

import type { Piece } from '../text/piece.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { Normalizer } from './normalizer.js';

export class NormalizerSequence implements Normalizer {
  constructor(readonly steps: readonly Normalizer[]) {}

  get keepsWordGaps(): boolean {
    return this.steps.every((step) => step.keepsWordGaps);
  }

  normalize(piece: Piece, continued?: boolean): Piece {
    return this.steps.reduce((current, step) => step.normalize(current, continued), piece);
  }

  toJSON(): ComponentJSON {
    return { type: 'Sequence', normalizers: this.steps.map((step) => step.toJSON()) };
  }
}
