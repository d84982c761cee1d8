// The vocabulary of GPT-2 and GPT-3, loaded on first use. The ranks come from the npm package js-tiktoken.

import { gpt2PreTokenizer } from '../pre-tokenizers/gpt2.js';
import { type RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';

/** Loads the tokenizer; every call returns the same one. */
export const loadGpt2: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('gpt2', gpt2PreTokenizer, () => import('js-tiktoken/ranks/gpt2'));
