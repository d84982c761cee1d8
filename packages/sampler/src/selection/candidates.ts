// The remaining candidates and their logits, which the stages change. At first these are all tokens, and their ids are not stored; the
// first stage that drops some makes it a list.
import { logitIsNaN, noFiniteHighest, requireFloat32Array } from '../logits.js';
import { nextAbove, nextNotBelow } from './scan.js';

/**
 * A set of tokens, sorted by id, with room for a vocabulary. Only the first `count` entries of the arrays are valid. Logits are stored in
 * float64, so that a chain of stages adds no visible rounding to float32 input.
 *
 * A stage may write `logits[i]` directly (never NaN or +Infinity; -Infinity makes a token impossible) and drops tokens through the `keep` methods.
 */
export class Candidates {
  /** The size of the vocabulary. */
  vocabSize = 0;
  /** The number of candidates; some of them may be impossible, with a logit of -Infinity. */
  count = 0;
  /** Whether nothing has been dropped: then `logits[id]` belongs to the token `id`, and `ids` is not used. */
  complete = true;
  /** Token ids, ascending. Read them with idAt(), which handles `complete`. */
  ids = new Int32Array(0);
  logits = new Float64Array(0);
  /** Probabilities up to a common factor, from the last weigh(). In between, anyone may use it as a buffer. */
  weights = new Float64Array(0);
  /** One number per token of the vocabulary, for stages that count; all 0 between stages. */
  tallies = new Int32Array(0);
  /** Buffers with one number and one index per candidate, for stages that rank. */
  scratch = new Float64Array(0);
  places = new Int32Array(0);

  /** Loads the logits of a whole vocabulary, shape (vocabSize,). @throws TypeError if they are not a Float32Array */
  load(logits: Float32Array): this {
    requireFloat32Array(logits);
    this.#reserve(logits.length);
    this.logits.set(logits);
    this.vocabSize = this.count = logits.length;
    this.complete = true;
    return this;
  }

  /** The token id of a candidate, i from 0 to count - 1. */
  idAt(i: number): number {
    return this.complete ? i : this.ids[i];
  }

  /** The index of a token among the candidates; -1 if it was dropped or is not a token. */
  indexOf(id: number): number {
    if (this.complete) return id >= 0 && id < this.count ? id : -1;
    let low = 0;
    let high = this.count - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (this.ids[middle] === id) return middle;
      if (this.ids[middle] < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Makes a token impossible; does nothing if it was dropped. */
  forbid(id: number): void {
    const i = this.indexOf(id);
    if (i >= 0) this.logits[i] = -Infinity;
  }

  /**
   * The largest logit.
   *
   * @throws RangeError if one is NaN or +Infinity, or if no token is possible
   */
  highest(): number {
    const { logits, count } = this;
    let highest = -Infinity;
    for (let i = nextAbove(logits, 0, count, highest); i < count; i = nextAbove(logits, i + 1, count, highest)) {
      highest = logits[i];
      if (highest !== highest) throw logitIsNaN(this.idAt(i));
    }
    if (Math.abs(highest) === Infinity) throw noFiniteHighest(this.vocabSize, this.idAt(logits.indexOf(Infinity)), highest);
    return highest;
  }

  /**
   * Fills `weights` with exp(logit - highest logit) and returns their sum: weights / sum are the probabilities.
   *
   * @param highest the largest logit, if it is known already
   * @throws RangeError as highest()
   */
  weigh(highest = this.highest()): number {
    const { logits, weights, count } = this;
    let total = 0;
    for (let i = 0; i < count; i++) {
      const weight = Math.exp(logits[i] - highest);
      weights[i] = weight;
      total += weight;
    }
    return total;
  }

  /** ln(sum of exp(logit)); subtracted from a logit, it gives the log-probability. Fills `weights`. @throws RangeError as highest() */
  logNormalizer(): number {
    const highest = this.highest();
    return highest + Math.log(this.weigh(highest));
  }

  /** Drops every token whose logit is below `floor`; of those equal to it, keeps only the first `ties` by id. */
  keepFrom(floor: number, ties = Infinity): void {
    if (floor === -Infinity && ties === Infinity) return;
    const { ids, logits, count, complete } = this;
    let kept = 0;
    for (let i = nextNotBelow(logits, 0, count, floor); i < count; i = nextNotBelow(logits, i + 1, count, floor)) {
      if (logits[i] === floor && ties-- <= 0) continue;
      ids[kept] = complete ? i : ids[i];
      logits[kept++] = logits[i];
    }
    this.nowOnly(kept);
  }

  /** Drops every token whose entry in `weights`, filled by weigh(), is below a bound. */
  keepWeighing(bound: number): void {
    const { ids, logits, weights, count, complete } = this;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      if (weights[i] < bound) continue;
      ids[kept] = complete ? i : ids[i];
      logits[kept++] = logits[i];
    }
    this.nowOnly(kept);
  }

  /** Keeps only one token, even if it was dropped before, and sets its logit. */
  keepOne(id: number, logit: number): void {
    this.keepThese([id], logit);
  }

  /** Keeps only these tokens of the vocabulary (ascending), even if they were dropped before, and sets their logits. */
  keepThese(ids: ArrayLike<number>, logit: number): void {
    for (let kept = 0; kept < ids.length; kept++) {
      this.ids[kept] = ids[kept];
      this.logits[kept] = logit;
    }
    this.nowOnly(ids.length);
  }

  /** Keeps only the candidates at these indexes (ascending). */
  keepPlaces(places: Int32Array, count: number): void {
    const { ids, logits, complete } = this;
    for (let kept = 0; kept < count; kept++) {
      const i = places[kept];
      ids[kept] = complete ? i : ids[i];
      logits[kept] = logits[i];
    }
    this.nowOnly(count);
  }

  /** Drops every token whose bit is not set: bit id % 32 of word floor(id / 32). Bits beyond the end of the mask count as not set. */
  keepMasked(mask: Uint32Array): void {
    const { ids, logits, count, complete } = this;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const id = complete ? i : ids[i];
      if (((mask[id >>> 5] >>> (id & 31)) & 1) === 0) continue;
      ids[kept] = id;
      logits[kept++] = logits[i];
    }
    this.nowOnly(kept);
  }

  /** The logits as an array over the whole vocabulary, shape (vocabSize,), -Infinity for what was dropped. */
  writeTo(out: Float32Array): Float32Array {
    const { ids, logits, count } = this;
    if (this.complete) {
      out.set(count === logits.length ? logits : logits.subarray(0, count));
      return out;
    }
    out.fill(-Infinity);
    for (let i = 0; i < count; i++) out[ids[i]] = logits[i];
    return out;
  }

  /** Called after the first `kept` entries of `ids` and `logits` were written: only they remain. */
  nowOnly(kept: number): void {
    this.count = kept;
    this.complete = false;
  }

  #reserve(size: number): void {
    if (this.logits.length >= size) return;
    this.ids = new Int32Array(size);
    this.logits = new Float64Array(size);
    this.weights = new Float64Array(size);
    this.tallies = new Int32Array(size);
    this.scratch = new Float64Array(size);
    this.places = new Int32Array(size);
  }
}
