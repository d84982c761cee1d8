// From a model's data to the model.

import { Bpe } from '../models/bpe';
import { type Model } from '../models/model';
import { Unigram } from '../models/unigram';
import { WordLevel } from '../models/word-level';
import { WordPiece } from '../models/word-piece';
import { type ModelData } from './parts';

/** @param reserved  ids that text never becomes */
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
