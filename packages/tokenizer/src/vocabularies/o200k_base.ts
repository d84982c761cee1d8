// Loads the vocabulary of GPT-4o and its successors on first use.

import { o200kPreTokenizer } from '../pre-tokenizers/o200k.js';
import type { RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';

/** Loads the tokenizer; every call returns the same one. */
export const loadO200kBase: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('o200k_base', {
  preTokenizer: o200kPreTokenizer,
  specialTokens: { '<|endoftext|>': 199999, '<|endofprompt|>': 200018 },
  importRanks: () => import('./ranks/ranks-o200k.js'),
});
