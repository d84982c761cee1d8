// Makes a function that loads a tokenizer once, from a module with packed ranks.

import type { TokenRanks } from '../core/token-ranks.js';
import type { PreTokenizer } from '../pre-tokenizers/pre-tokenizer.js';
import { RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { unpackRanks } from './unpack-ranks.js';

interface Encoding {
  preTokenizer: PreTokenizer;
  /** Special token -> id. */
  specialTokens: Readonly<Record<string, number>>;
  importRanks(): Promise<{ packed: string }>;
  /** What the encoding has besides the ranks of the module. */
  extend?(ranks: TokenRanks): TokenRanks;
}

/** @returns a function that loads the tokenizer at the first call and returns the same one at every call */
export function makeLoader(name: string, { preTokenizer, specialTokens, importRanks, extend = (ranks) => ranks }: Encoding): () => Promise<RankedBytePairTokenizer> {
  let loaded: Promise<RankedBytePairTokenizer> | undefined;
  const load = async (): Promise<RankedBytePairTokenizer> => {
    let ranks;
    try {
      ranks = await unpackRanks((await importRanks()).packed);
    } catch (error) {
      throw new Error(`Cannot load the vocabulary ${name}: ${error instanceof Error ? error.message : String(error)}. It is a file of @kk/tokenizer: see that it is installed or served whole.`, { cause: error });
    }
    return new RankedBytePairTokenizer({ ranks: extend(ranks), preTokenizer, specialTokens });
  };
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}
