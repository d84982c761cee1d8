// What a pipeline tokenizer is made of.

import { type AddedToken } from '../added-tokens.js';
import { type Decoder } from '../decoders/decoder.js';
import { type BpeData } from '../models/bpe.js';
import { type UnigramData } from '../models/unigram.js';
import { type WordLevelData } from '../models/word-level.js';
import { type WordPieceData } from '../models/word-piece.js';
import { type Normalizer } from '../normalizers/normalizer.js';
import { type PostProcessor } from '../post-processors/post-processor.js';
import { type PreTokenizerStep } from '../pre-tokenizers/step.js';
import { type TokenList } from '../vocabulary.js';
import { type Padding, type Truncation } from './options.js';

/** A model's type and data; ids that text never becomes are added by the pipeline. */
export type ModelData =
  | ({ type: 'BPE' } & Omit<BpeData, 'reserved'>)
  | ({ type: 'WordPiece' } & Omit<WordPieceData, 'reserved'>)
  | ({ type: 'Unigram' } & Omit<UnigramData, 'reserved'>)
  | ({ type: 'WordLevel' } & Omit<WordLevelData, 'reserved'>);

export interface PipelineParts {
  /** All tokens by id, added ones included. */
  tokens: TokenList;
  addedTokens: readonly AddedToken[];
  normalizer?: Normalizer;
  preTokenizer?: PreTokenizerStep;
  model: ModelData;
  postProcessor?: PostProcessor;
  decoder?: Decoder;
  truncation?: Truncation;
  padding?: Padding;
}
