// Counts many texts with little memory: in blocks of some million tokens, whose tries are merged.
import { finished, type Steps, within } from '../steps.js';
import { combine } from './combine.js';
import { countNgramsInSteps } from './count-ngrams.js';
import { NgramCounts, noCounts } from './ngram-counts.js';
import { sequenceStarts } from './sequences.js';

/** So many tokens are counted at once: it temporarily takes about 24 bytes a token, and merging passes over everything counted before. */
export const BLOCK_TOKENS = 4_000_000;

export class TextCounter {
  readonly #order: number;
  /** Ids run from 0 to vocabSize - 1; may grow. */
  vocabSize: number;
  readonly #startToken: number;
  readonly #blockTokens: number;
  // Tries of roughly doubling sizes, so that each token is merged only log2(number of blocks) times.
  readonly #tries: { counts: NgramCounts; blocks: number }[] = [];
  #pending: { ids: Int32Array; weight: number }[] = [];
  #pendingTokens = 0;

  constructor(order: number, vocabSize: number, startToken: number, blockTokens = BLOCK_TOKENS) {
    this.#order = order;
    this.vocabSize = vocabSize;
    this.#startToken = startToken;
    this.#blockTokens = blockTokens;
  }

  /** Adds a text's ids, which are not copied. Counts the texts before it if they fill a block. */
  *add(ids: Int32Array, weight: number): Steps<void> {
    if (ids.length === 0) return;
    if (this.#pendingTokens >= this.#blockTokens) yield* this.#countPending();
    this.#pending.push({ ids, weight });
    this.#pendingTokens += ids.length;
  }

  /** The counts of all added texts. */
  *finish(): Steps<NgramCounts> {
    yield* this.#countPending();
    let sum: NgramCounts | undefined;
    for (let last = this.#tries.pop(); last !== undefined; last = this.#tries.pop()) sum = sum === undefined ? last.counts : combine(last.counts, sum, 1);
    return sum === undefined ? noCounts(this.#order, this.vocabSize) : new NgramCounts(this.#order, this.vocabSize, sum.table);
  }

  *#countPending(): Steps<void> {
    const pending = this.#pending;
    this.#pending = [];
    this.#pendingTokens = 0;
    const weights = [...new Set(pending.map((text) => text.weight))];
    for (const [i, weight] of weights.entries()) {
      const texts = pending.filter((text) => text.weight === weight).map(({ ids }) => ids);
      const counts = yield* within(countTextsInSteps(texts, this.#order, this.vocabSize, this.#startToken), i / weights.length, (i + 1) / weights.length);
      this.#push(weight === 1 ? counts : combine(noCounts(this.#order, this.vocabSize), counts, weight));
    }
  }

  #push(counts: NgramCounts): void {
    let entry = { counts, blocks: 1 };
    for (let last = this.#tries.at(-1); last !== undefined && last.blocks <= entry.blocks; last = this.#tries.at(-1)) {
      this.#tries.pop();
      entry = { counts: combine(last.counts, entry.counts, 1), blocks: last.blocks + entry.blocks };
    }
    this.#tries.push(entry);
  }
}

/** Counts several non-empty texts together; n-grams cross neither the boundary between texts nor a start token. */
export function countTexts(texts: readonly Int32Array[], order: number, vocabSize: number, startToken: number): NgramCounts {
  return finished(countTextsInSteps(texts, order, vocabSize, startToken));
}

function* countTextsInSteps(texts: readonly Int32Array[], order: number, vocabSize: number, startToken: number): Steps<NgramCounts> {
  if (texts.length === 1) return yield* countNgramsInSteps(texts[0], order, vocabSize, sequenceStarts(texts[0], startToken));
  const all = new Int32Array(texts.reduce((sum, ids) => sum + ids.length, 0));
  const starts: number[] = [];
  let at = 0;
  for (const ids of texts) {
    for (const start of sequenceStarts(ids, startToken)) starts.push(at + start);
    all.set(ids, at);
    at += ids.length;
  }
  return yield* countNgramsInSteps(all, order, vocabSize, starts);
}
