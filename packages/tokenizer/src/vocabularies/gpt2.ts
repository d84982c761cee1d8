// The vocabulary of GPT-2, GPT-3, loaded when it is asked for. The ranks come from the npm package js-tiktoken.

import { gpt2PreTokenizer } from '../pre-tokenizers/gpt2.js';
import { type RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';

/** The tokenizer, the same one at every call. */
export const loadGpt2: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('gpt2', gpt2PreTokenizer, () => import('js-tiktoken/ranks/gpt2'));
