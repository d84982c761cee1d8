// Encodes with byte-level BPE whose vocabulary is only a list of tokens with ranks, as in OpenAI's tiktoken. Ranks are ids; neighbours
// merge if their joined bytes are a token; special tokens have further ids. Names of tokens are computed only when needed.

import { ByteLevelBpe } from '../models/bpe/byte-level/byte-level-bpe.js';
import { JoinedTokenRules } from '../models/bpe/byte-level/joined-token-rules.js';
import { NO_ID } from '../models/bpe/merge-rules.js';
import { TokenTable } from '../models/bpe/byte-level/token-table.js';
import type { TokenRanks } from '../core/token-ranks.js';
import { rankedBytePairJSON } from './ranked-json.js';
import type { PreTokenizer } from '../pre-tokenizers/pre-tokenizer.js';
import { TokenBytes } from '../core/token-bytes.js';
import type { TokenizerJSON } from '../core/tokenizer.js';
import { ByteLevelTokenizer } from './byte-level.js';
import { addSpecialTokens, RankedTokenNames } from './ranked-token-names.js';

export interface RankedBytePairData {
  /** The bytes of every token, by rank; kept, not copied. */
  ranks: TokenRanks;
  preTokenizer: PreTokenizer;
  /** Special token -> id; none of the ids is a rank. Default none. */
  specialTokens?: Readonly<Record<string, number>>;
}

export class RankedBytePairTokenizer extends ByteLevelTokenizer<RankedTokenNames> {
  /** The bytes of every token except special ones, by rank; `ranksFromTokenizer` writes them as a `.tiktoken` file. */
  readonly ranks: TokenRanks;
  readonly #table: TokenTable;
  protected readonly model: ByteLevelBpe;

  /** @throws {RangeError} when a byte has no token, two tokens have the same bytes, or a special token's id is already used */
  constructor({ ranks, preTokenizer, specialTokens = {} }: RankedBytePairData) {
    const specials = new Map(Object.entries(specialTokens));
    const { bytes, starts } = addSpecialTokens(ranks, specials);
    const table = new TokenTable(bytes, starts, new Set(specials.values()));
    const byteIds = Int32Array.from({ length: 256 }, (_, byte) => table.findBytes(Uint8Array.of(byte), byte));
    const missing = byteIds.indexOf(NO_ID);
    if (missing >= 0) throw new RangeError(`The ranks have no token for the byte 0x${missing.toString(16).toUpperCase().padStart(2, '0')}; expected one for every byte.`);
    super(new RankedTokenNames(table, specials), [...specials.keys()].map((content) => ({ content, special: true })), preTokenizer);
    this.ranks = ranks;
    this.#table = table;
    this.model = new ByteLevelBpe({ table, byteIds, rules: new JoinedTokenRules(table), ignoresMergesOfWholePieces: true });
  }

  /** The file needs merges. They are derived from the ranks: finding every token's last merge takes some tenths of a second. */
  toJSON(): TokenizerJSON {
    return rankedBytePairJSON(this.vocabulary, this.added, (id) => this.model.partsOf(id), this.pattern);
  }

  protected override makeTokenBytes(): TokenBytes {
    return new TokenBytes(this.#table.bytes, this.#table.starts);
  }
}
