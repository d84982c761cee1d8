// Loads the vocabulary of GPT-2 and the first GPT-3 on first use.

import { gpt2PreTokenizer } from '../pre-tokenizers/gpt2.js';
import type { RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';

/** Loads the tokenizer; every call returns the same one. tiktoken calls it `gpt2` and `r50k_base`. */
export const loadGpt2: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('gpt2', {
  preTokenizer: gpt2PreTokenizer,
  specialTokens: { '<|endoftext|>': 50256 },
  importRanks: () => import('./ranks/ranks-r50k.js'),
});
