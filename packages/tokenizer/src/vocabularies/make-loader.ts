// Makes a function that loads a tokenizer once, from a js-tiktoken module with ranks.

import { readTokenRanks } from '../formats/tiktoken.js';
import { type PreTokenizer } from '../pre-tokenizers/pre-tokenizer.js';
import { RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';

/** The exports of such a module. In CommonJS the default export is the module itself, or one level deeper. */
interface RanksModule {
  default: { bpe_ranks: string; special_tokens: Record<string, number> };
}

/**
 * @param preTokenizer  our own, since js-tiktoken spells some patterns differently
 * @returns a function that loads the tokenizer at the first call and returns the same one at every call
 */
export function makeLoader(name: string, preTokenizer: PreTokenizer, importRanks: () => Promise<RanksModule>): () => Promise<RankedBytePairTokenizer> {
  let loaded: Promise<RankedBytePairTokenizer> | undefined;
  const load = async (): Promise<RankedBytePairTokenizer> => {
    let ranks;
    try {
      ranks = (await importRanks()).default;
    } catch (error) {
      throw new Error(`Cannot load the vocabulary ${name}: ${error instanceof Error ? error.message : String(error)}. Its data is in the package js-tiktoken, a dependency of @kk/tokenizer; install it again.`, { cause: error });
    }
    return new RankedBytePairTokenizer({ ranks: readTokenRanks(ranks.bpe_ranks), preTokenizer, specialTokens: ranks.special_tokens });
  };
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}
