// Lists the options of the methods that all tokenizers have, so that one that is misspelt is refused.

import type { OptionNames } from '@kk/options';
import type { DecodeOptions, DetailOptions, DetailStepsOptions, EncodeOptions, StreamOptions } from './tokenizer.js';

export const encodeNames: OptionNames<EncodeOptions> = {
  addSpecialTokens: 'flag',
  pair: 'optional',
  truncation: 'optional',
  padding: 'optional',
  dropout: 'optional',
  allowedSpecial: 'optional',
  disallowedSpecial: 'optional',
};
export const streamNames: OptionNames<StreamOptions> = { ...encodeNames, longestWait: 'optional' };
export const detailNames: OptionNames<DetailOptions> = { ...encodeNames, byteOffsets: 'flag' };
export const detailStepsNames: OptionNames<DetailStepsOptions> = { ...detailNames, unitsPerStep: 'optional' };
export const decodeNames: OptionNames<DecodeOptions> = { skipSpecialTokens: 'flag' };
