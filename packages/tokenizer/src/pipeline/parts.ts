// What a pipeline tokenizer is made of.

import { type AddedToken } from '../added-tokens';
import { type Decoder } from '../decoders/decoder';
import { type BpeData } from '../models/bpe';
import { type UnigramData } from '../models/unigram';
import { type WordLevelData } from '../models/word-level';
import { type WordPieceData } from '../models/word-piece';
import { type Normalizer } from '../normalizers/normalizer';
import { type PostProcessor } from '../post-processors/post-processor';
import { type PreTokenizerStep } from '../pre-tokenizers/step';
import { type TokenList } from '../vocabulary';
import { type Padding, type Truncation } from './options';

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
