// Loads the vocabulary of GPT-3.5 and GPT-4 on first use.

import { cl100kPreTokenizer } from '../pre-tokenizers/cl100k.js';
import type { RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';

/** Loads the tokenizer; every call returns the same one. */
export const loadCl100kBase: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('cl100k_base', {
  preTokenizer: cl100kPreTokenizer,
  specialTokens: { '<|endoftext|>': 100257, '<|fim_prefix|>': 100258, '<|fim_middle|>': 100259, '<|fim_suffix|>': 100260, '<|endofprompt|>': 100276 },
  importRanks: () => import('./ranks/ranks-cl100k.js'),
});
