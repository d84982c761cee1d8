// The vocabulary of GPT-4o and its successors, loaded on first use. The ranks come from the npm package js-tiktoken.

import { o200kPreTokenizer } from '../pre-tokenizers/o200k.js';
import { type RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';

/** Loads the tokenizer; every call returns the same one. */
export const loadO200kBase: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('o200k_base', o200kPreTokenizer, () => import('js-tiktoken/ranks/o200k_base'));
