// Encodes with byte-level BPE inside a pipeline. Text goes straight to the fast core, without being spelled in the byte alphabet first. The
// core has the model's own tokens; the pipeline handles added tokens.

import type { EncodedPiece, TokenRow } from '../core/encoding.js';
import type { Piece } from '../text/piece.js';
import { ByteLevel } from '../pre-tokenizers/byte-level.js';
import { GPT2_PATTERN } from '../pre-tokenizers/gpt2.js';
import { preTokenizerFromPattern } from '../pre-tokenizers/from-pattern.js';
import type { PreTokenizer } from '../pre-tokenizers/pre-tokenizer.js';
import { PreTokenizerSequence } from '../pre-tokenizers/sequence.js';
import { Split } from '../pre-tokenizers/split.js';
import type { PreTokenizerStep } from '../pre-tokenizers/step.js';
import { bytesOfToken } from '../text/byte-alphabet.js';
import type { Dropout } from '../core/tokenizer.js';
import { dropoutOf } from '../models/bpe/dropout.js';
import { byteLevelBpeFromMerges } from '../models/bpe/byte-level/from-merges.js';
import type { ByteLevelBpe } from '../models/bpe/byte-level/byte-level-bpe.js';
import { Vocabulary } from '../core/vocabulary.js';
import { IdList } from '../text/id-list.js';
import { byteBounds } from '../text/byte-bounds.js';
import type { BpeData } from '../models/bpe/bpe.js';

/** Matches a whole piece, since the text was already cut. */
const WHOLE_PATTERN = '[\\s\\S]+';

export class ByteLevelModel {
  readonly #core: ByteLevelBpe;
  readonly #preTokenizer: PreTokenizer;
  readonly #unknown: number | undefined;
  /** Reused buffer for the ids of the current text. */
  readonly #ids = new IdList();

  /**
   * @param before  the steps that cut the text before the core
   * @param prefix  the step that puts a space before a text, if there is one
   */
  private constructor(
    data: BpeData,
    pattern: string,
    readonly before: PreTokenizerStep | undefined,
    readonly prefix: ByteLevel,
  ) {
    const { tokens, merges, unknownToken, ignoreMerges, reserved } = data;
    const vocabulary = new Vocabulary(tokens, true);
    this.#unknown = unknownToken === undefined ? undefined : vocabulary.id(unknownToken);
    const isOrdinary = (token: string | undefined, id: number): boolean => id === this.#unknown || (token !== undefined && !reserved.has(id) && bytesOfToken(token) !== undefined);
    const excluded = new Set([...tokens.keys()].filter((id) => !isOrdinary(tokens[id], id)));
    this.#core = byteLevelBpeFromMerges({ tokens, idOf: (token) => vocabulary.id(token), excluded, merges, unknownId: this.#unknown, ignoreMerges });
    this.#preTokenizer = preTokenizerFromPattern(pattern);
  }

  /** The model for this pipeline; undefined if it is not byte-level BPE that the core supports. */
  static from(preTokenizer: PreTokenizerStep | undefined, data: BpeData): ByteLevelModel | undefined {
    const steps = preTokenizer instanceof PreTokenizerSequence ? [...preTokenizer.steps] : [preTokenizer];
    const last = steps.pop();
    if (!(last instanceof ByteLevel) || data.prefix !== '' || data.suffix !== '' || data.fuseUnknown || data.byteFallback || data.ranks) return undefined;
    let pattern = last.useRegex ? GPT2_PATTERN : WHOLE_PATTERN;
    const split = steps.at(-1);
    if (!last.useRegex && !last.addPrefixSpace && split instanceof Split && split.behavior === 'Isolated' && !split.invert && 'Regex' in split.pattern.json && canScan(split.pattern.json.Regex)) {
      pattern = split.pattern.json.Regex;
      steps.pop();
    }
    const before = steps.length === 0 ? undefined : new PreTokenizerSequence(steps as PreTokenizerStep[]);
    return new ByteLevelModel(data, pattern, before, last);
  }

  /** The ids of a text without added tokens. */
  encode(text: string, dropout?: Dropout): number[] {
    const ids = this.#ids;
    ids.clear(); // A text that failed to encode may have left ids here.
    const skips = dropoutOf(dropout);
    if (skips) this.#preTokenizer.forEachPiece(text, (start, end) => this.#core.encodePieceWithDropout(text, start, end, ids, skips));
    else this.#core.encode(text, this.#preTokenizer, ids);
    return ids.take();
  }

  /** Appends the tokens of a piece that has passed through `before` and `prefix`. */
  detail(piece: Piece, dropout: Dropout | undefined, rows: TokenRow[], pieces: EncodedPiece[]): void {
    const ids = this.encode(piece.text, dropout);
    const { starts } = this.#core.table;
    let token = 0;
    this.#preTokenizer.forEachPiece(piece.text, (start, end) => {
      const bounds = byteBounds(piece.text, start, end);
      for (let byte = 0; byte < bounds.starts.length; token++) {
        const id = ids[token];
        const last = byte + (id === this.#unknown ? 1 : starts[id + 1] - starts[id]);
        const [from] = piece.rangeOf(bounds.starts[byte], bounds.ends[byte]);
        const [, to] = piece.rangeOf(bounds.starts[last - 1], bounds.ends[last - 1]);
        rows.push({ id, start: from, end: to, word: pieces.length, sequence: null, typeId: 0, origin: id === this.#unknown ? 'unknown' : byte === 0 ? 'piece' : 'subword' });
        byte = last;
      }
      pieces.push({ text: piece.text.slice(start, end), range: piece.rangeOf(start, end) });
    });
  }
}

/** Whether this pattern means the same to the fast core and to the pipeline. */
function canScan(pattern: string): boolean {
  try {
    preTokenizerFromPattern(pattern);
    return true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
}
