// The vocabulary of GPT-4o and its successors, loaded when it is asked for. The ranks come from the npm package js-tiktoken.

import { o200kPreTokenizer } from '../pre-tokenizers/o200k.js';
import { type RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';

/** The tokenizer, the same one at every call. */
export const loadO200kBase: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('o200k_base', o200kPreTokenizer, () => import('js-tiktoken/ranks/o200k_base'));
