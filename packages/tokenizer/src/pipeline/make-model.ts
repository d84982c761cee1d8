// Creates a model from its data.

import { Bpe } from '../models/bpe/bpe.js';
import type { Model } from '../models/model.js';
import { Unigram } from '../models/unigram/unigram.js';
import { WordLevel } from '../models/word-level/word-level.js';
import { WordPiece } from '../models/word-piece/word-piece.js';
import type { ModelData } from './parts.js';

/** @param reserved  ids that text never produces */
export function makeModel(data: ModelData, reserved: ReadonlySet<number>): Model {
  switch (data.type) {
    case 'BPE':
      return new Bpe({ ...data, reserved });
    case 'WordPiece':
      return new WordPiece({ ...data, reserved });
    case 'Unigram':
      return new Unigram({ ...data, reserved: data.unreachable ? new Set([...reserved, ...data.unreachable]) : reserved });
    case 'WordLevel':
      return new WordLevel({ ...data, reserved });
  }
}
