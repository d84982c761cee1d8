// Creates byte-level BPE from tokens in GPT-2's byte alphabet and a list of merges, as a tokenizer.json has them.

import { byteToCharacter, bytesOfToken } from '../../../text/byte-alphabet.js';
import { quote } from '../../../text/well-formed.js';
import type { TokenList } from '../../../core/vocabulary.js';
import { NO_ID } from '../merge-rules.js';
import { MergeTable } from '../merge-table.js';
import { mergesByIds } from '../merges-by-ids.js';
import { ByteLevelBpe } from './byte-level-bpe.js';
import { TokenTable } from './token-table.js';

export interface MergeVocabulary {
  /** The token of every id. */
  tokens: TokenList;
  /** Token -> id. */
  idOf(token: string): number | undefined;
  /** Ids that ordinary text never produces, not even by merging: added tokens. Only these need not be byte-level. */
  excluded: ReadonlySet<number>;
  /** Pairs of tokens that merge into one, in order of rank. */
  merges: readonly (readonly [string, string])[];
  /** The id for a byte that has none; undefined: such a byte is an error. */
  unknownId: number | undefined;
  ignoreMerges: boolean;
}

/** @throws {RangeError} when a token is not byte-level, or a merge is unknown, repeated or leads to no token */
export function byteLevelBpeFromMerges({ tokens, idOf, excluded, merges, unknownId, ignoreMerges }: MergeVocabulary): ByteLevelBpe {
  const byteIds = Int32Array.from(byteToCharacter, (character) => {
    const id = idOf(character);
    return id === undefined || excluded.has(id) ? (unknownId ?? NO_ID) : id;
  });
  const rules = new MergeTable(mergesByIds(merges, tokens.length, { idOf, excluded }));
  return new ByteLevelBpe({ table: tokenTable(tokens, excluded, unknownId), byteIds, rules, ignoresMergesOfWholePieces: ignoreMerges });
}

/** The bytes of the tokens that ordinary text can produce. */
function tokenTable(tokens: TokenList, excluded: ReadonlySet<number>, unknownId: number | undefined): TokenTable {
  const starts = new Int32Array(tokens.length + 1);
  const parts = Array.from(tokens, (token, id) => {
    const bytes = token === undefined || excluded.has(id) ? new Uint8Array(0) : bytesOfToken(token);
    if (!bytes && id !== unknownId) throw new RangeError(`Token ${id}, ${quote(token)}, is no byte-level token; expected characters of GPT-2's byte alphabet only.`);
    starts[id + 1] = starts[id] + (bytes?.length ?? 0);
    return bytes;
  });
  const all = new Uint8Array(starts[tokens.length]);
  parts.forEach((bytes, id) => bytes && all.set(bytes, starts[id]));
  return new TokenTable(all, starts);
}
