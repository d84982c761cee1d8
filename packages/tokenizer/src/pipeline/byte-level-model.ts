// Byte-level BPE inside a pipeline. Text goes straight to the fast core, without being spelled in the byte alphabet first. The core is a
// BytePairTokenizer with the model's own tokens; the pipeline handles added tokens.

import { type EncodedPiece, type TokenRow } from '../core/encoding.js';
import { type Piece } from '../text/piece.js';
import { ByteLevel } from '../pre-tokenizers/byte-level.js';
import { GPT2_PATTERN } from '../pre-tokenizers/gpt2.js';
import { preTokenizerFromPattern } from '../pre-tokenizers/from-pattern.js';
import { type PreTokenizer } from '../pre-tokenizers/pre-tokenizer.js';
import { PreTokenizerSequence } from '../pre-tokenizers/sequence.js';
import { Split } from '../pre-tokenizers/split.js';
import { type PreTokenizerStep } from '../pre-tokenizers/step.js';
import { bytesOfToken } from '../text/byte-alphabet.js';
import { type Dropout } from '../core/tokenizer.js';
import { BytePairTokenizer } from '../tokenizers/byte-pair.js';
import { byteBounds } from '../tokenizers/vocabulary-tokenizer.js';
import { type BpeData } from '../models/bpe/bpe.js';

/** Matches a whole piece, since the text was already cut. */
const WHOLE_PATTERN = '[\\s\\S]+';

export class ByteLevelModel {
  readonly #core: BytePairTokenizer;
  readonly #preTokenizer: PreTokenizer;
  readonly #unknown: number | undefined;
  readonly #byteLengths: Int32Array;

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
    const isOrdinary = (token: string, id: number): boolean => !data.reserved.has(id) && bytesOfToken(token) !== undefined;
    // The core needs a token for every id. These fill the holes; they are never found, because they are special and not allowed.
    const tokens = data.tokens.map((token, id) => token ?? `<no token ${id}>`);
    this.#core = new BytePairTokenizer({
      tokens,
      merges: data.merges,
      pattern,
      unknownToken: data.unknownToken,
      ignoreMerges: data.ignoreMerges,
      addedTokens: tokens.flatMap((content, id) => (isOrdinary(content, id) || content === data.unknownToken ? [] : [{ content, special: true }])),
    });
    this.#preTokenizer = preTokenizerFromPattern(pattern);
    this.#unknown = data.unknownToken === undefined ? undefined : this.#core.tokenToId(data.unknownToken);
    this.#byteLengths = Int32Array.from(tokens, (_, id) => (id === this.#unknown ? 1 : this.#core.tokenBytes(id).length));
  }

  /** The model for this pipeline; undefined if it is not byte-level BPE that the core supports. */
  static from(preTokenizer: PreTokenizerStep | undefined, data: BpeData): ByteLevelModel | undefined {
    const steps = preTokenizer instanceof PreTokenizerSequence ? [...preTokenizer.steps] : [preTokenizer];
    const last = steps.pop();
    if (!(last instanceof ByteLevel) || data.prefix !== '' || data.suffix !== '' || data.fuseUnknown || data.byteFallback) return undefined;
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
    return this.#core.encode(text, { dropout });
  }

  /** Appends the tokens of a piece that has passed through `before` and `prefix`. */
  detail(piece: Piece, dropout: Dropout | undefined, rows: TokenRow[], pieces: EncodedPiece[]): void {
    const ids = this.encode(piece.text, dropout);
    let token = 0;
    this.#preTokenizer.forEachPiece(piece.text, (start, end) => {
      const bounds = byteBounds(piece.text, start, end);
      for (let byte = 0; byte < bounds.starts.length; token++) {
        const id = ids[token];
        const last = byte + this.#byteLengths[id];
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
