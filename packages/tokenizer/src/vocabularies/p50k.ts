// Loads the vocabularies of Codex and of GPT-3's second instruction models on first use: GPT-2's tokens and runs of spaces.

import { gpt2PreTokenizer } from '../pre-tokenizers/gpt2.js';
import type { RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';
import { withSpaces } from './unpack-ranks.js';

const MOST_SPACES = 25;
const encoding = {
  preTokenizer: gpt2PreTokenizer,
  importRanks: () => import('./ranks/ranks-r50k.js'),
  extend: (ranks: Parameters<typeof withSpaces>[0]) => withSpaces(ranks, MOST_SPACES),
};
const endOfText = { '<|endoftext|>': 50256 };

/** Loads the tokenizer; every call returns the same one. */
export const loadP50kBase: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('p50k_base', { ...encoding, specialTokens: endOfText });

/** Loads the tokenizer of the models that edited text; every call returns the same one. */
export const loadP50kEdit: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('p50k_edit', {
  ...encoding,
  specialTokens: { ...endOfText, '<|fim_prefix|>': 50281, '<|fim_middle|>': 50282, '<|fim_suffix|>': 50283 },
});
