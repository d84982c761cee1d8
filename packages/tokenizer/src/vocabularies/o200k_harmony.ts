// Loads the vocabulary of gpt-oss on first use: the tokens of o200k_base, and the special ones of OpenAI's Harmony format.

import { o200kPreTokenizer } from '../pre-tokenizers/o200k.js';
import type { RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { makeLoader } from './make-loader.js';

const FIRST_SPECIAL = 199998;
const LAST_SPECIAL = 201087;
/** See https://github.com/openai/harmony. The other special ids have a reserved name. */
const NAMED: Readonly<Record<number, string>> = {
  199998: 'startoftext', 199999: 'endoftext', 200002: 'return', 200003: 'constrain', 200005: 'channel', 200006: 'start', 200007: 'end', 200008: 'message', 200012: 'call', 200018: 'endofprompt',
};

function harmonyTokens(): Record<string, number> {
  return Object.fromEntries(Array.from({ length: LAST_SPECIAL - FIRST_SPECIAL + 1 }, (_, i) => [`<|${NAMED[FIRST_SPECIAL + i] ?? `reserved_${FIRST_SPECIAL + i}`}|>`, FIRST_SPECIAL + i]));
}

/** Loads the tokenizer; every call returns the same one. The id 200018 has one name, `<|endofprompt|>`; tiktoken gives it a second, reserved one. */
export const loadO200kHarmony: () => Promise<RankedBytePairTokenizer> = /* @__PURE__ */ makeLoader('o200k_harmony', {
  preTokenizer: o200kPreTokenizer,
  specialTokens: /* @__PURE__ */ harmonyTokens(),
  importRanks: () => import('./ranks/ranks-o200k.js'),
});
