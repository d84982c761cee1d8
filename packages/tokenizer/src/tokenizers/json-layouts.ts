// Writes each kind of tokenizer as a Hugging Face tokenizer.json; formats/tokenizer-json reads it.

import { type AddedTokens, addedTokensJSON } from '../core/added-tokens.js';
import type { ComponentJSON, ModelJSON, TokenizerJSON } from '../core/tokenizer.js';
import { GPT2_PATTERN } from '../pre-tokenizers/gpt2.js';
import type { Vocabulary } from '../core/vocabulary.js';

/** The layout of character and word tokenizers: a pattern cuts the text, and each piece is looked up. */
export function wordLevelJSON(vocabulary: Vocabulary, added: AddedTokens, pattern: string, unknownToken: string | undefined): TokenizerJSON {
  // The format requires a name even without an unknown token; a name that is not in the vocabulary means "none".
  let name = unknownToken ?? '<unk>';
  while (unknownToken === undefined && vocabulary.id(name) !== undefined) name = `<${name}>`;
  return tokenizerJSON(added, split(pattern), { type: 'Fuse' }, { type: 'WordLevel', vocab: vocabJSON(vocabulary), unk_token: name });
}

/** The parts of a byte-level BPE tokenizer. */
export interface BytePairParts {
  /** Token -> id. */
  vocab: Record<string, number>;
  added: AddedTokens;
  merges: readonly (readonly [string, string])[];
  pattern: string;
  unknownToken: string | undefined;
  ignoreMerges: boolean;
}

/** The layout of byte-level BPE; with GPT-2's pattern it equals GPT-2's own file. */
export function bytePairJSON({ vocab, added, merges, pattern, unknownToken, ignoreMerges }: BytePairParts): TokenizerJSON {
  const preTokenizer = pattern === GPT2_PATTERN ? byteLevel(true) : { type: 'Sequence', pretokenizers: [split(pattern), byteLevel(false)] };
  return tokenizerJSON(added, preTokenizer, byteLevel(true), {
    type: 'BPE',
    dropout: null,
    unk_token: unknownToken ?? null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: ignoreMerges,
    vocab,
    merges: merges.map(([left, right]) => [left, right]),
  });
}

function tokenizerJSON(added: AddedTokens, preTokenizer: ComponentJSON, decoder: ComponentJSON, model: ModelJSON): TokenizerJSON {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: addedTokensJSON(added),
    normalizer: null,
    pre_tokenizer: preTokenizer,
    post_processor: null,
    decoder,
    model,
  };
}

/** Object.fromEntries defines properties, so that `__proto__` becomes a key like any other. */
export function vocabJSON(vocabulary: Vocabulary): Record<string, number> {
  return Object.fromEntries(vocabulary.tokens().map((token, id) => [token, id]));
}

function split(pattern: string): ComponentJSON {
  return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false };
}

function byteLevel(useGpt2Pattern: boolean): ComponentJSON {
  return { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: useGpt2Pattern };
}
