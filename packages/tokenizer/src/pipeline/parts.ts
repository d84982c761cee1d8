// Lists the parts of a pipeline tokenizer.

import type { AddedToken } from '../core/added-tokens.js';
import type { Decoder } from '../decoders/decoder.js';
import type { BpeData } from '../models/bpe/bpe.js';
import type { UnigramData } from '../models/unigram/unigram.js';
import type { WordLevelData } from '../models/word-level/word-level.js';
import type { WordPieceData } from '../models/word-piece/word-piece.js';
import type { Normalizer } from '../normalizers/normalizer.js';
import type { PostProcessor } from '../post-processors/post-processor.js';
import type { PreTokenizerStep } from '../pre-tokenizers/step.js';
import type { TokenList } from '../core/vocabulary.js';
import type { Padding, Truncation } from '../core/limits.js';

/** A model's type and data. The pipeline adds the ids that text never produces. */
export type ModelData =
  | ({ type: 'BPE' } & Omit<BpeData, 'reserved'>)
  | ({ type: 'WordPiece' } & Omit<WordPieceData, 'reserved'>)
  | ({ type: 'Unigram' } & Omit<UnigramData, 'reserved'>)
  | ({ type: 'WordLevel' } & Omit<WordLevelData, 'reserved'>);

export interface PipelineParts {
  /** All tokens by id, including added tokens. */
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
