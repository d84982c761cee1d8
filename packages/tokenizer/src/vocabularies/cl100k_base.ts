// The vocabulary of GPT-3.5 and GPT-4, loaded on first use. The ranks come from the npm package js-tiktoken.

import { cl100kPreTokenizer } from '../pre-tokenizers/cl100k.js';
import { type RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';

/** Loads the tokenizer; every call returns the same one. */
export const loadCl100kBase: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('cl100k_base', cl100kPreTokenizer, () => import('js-tiktoken/ranks/cl100k_base'));
