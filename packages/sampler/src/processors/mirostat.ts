// Mirostat: a text that is as surprising as was asked for. After every token the limit is moved by how far the surprise was off.
// Both versions are stages with a state, mu; the pure functions are their truncation at a given mu.
import { requireBetween, requireInteger, requirePositive } from '../checks.js';
import { type Candidates } from '../selection/candidates.js';
import { gatherTopK } from '../selection/gather-top-k.js';
import { type Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

export interface MirostatOptions {
  /** The surprise that every token should have, in bits: a finite number above 0; 5 if left out. */
  tau?: number;
  /** How fast the limit follows: a finite number above 0; 0.1 if left out. */
  eta?: number;
  /** Where the limit begins, in bits: a finite number; 2 * tau if left out. */
  mu?: number;
}

export interface Mirostat1Options extends MirostatOptions {
  /** From how many of the most probable tokens the steepness of the distribution is estimated: an integer from 2; 100 if left out. */
  estimateFrom?: number;
}

/** A stage whose limit can be looked at. */
export interface MirostatStage extends Stage {
  /** The limit now, in bits. */
  readonly mu: number;
}

/** Drops candidates so that the surprise of what remains is about mu bits. */
type Truncate = (candidates: Candidates, mu: number) => void;

/**
 * Logits in which every token more surprising than mu bits (-log2 p > mu) has become -Infinity, shape (vocabSize,); the most
 * probable token and its equals always stay (Basu et al. 2020, "Mirostat", as simplified in llama.cpp's version 2).
 *
 * @param logits not changed, unless passed as `out` too
 * @param mu in bits, a finite number
 * @param out where the result goes; a new array if left out
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if mu is no finite number, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function mirostat2(logits: Float32Array, mu: number, out?: Float32Array): Float32Array {
  return processLogits(logits, mirostat2Stage({ mu }), out);
}

/** Mirostat version 2 as a stage. Needs to be told of every token by accept(). @throws RangeError if an option is out of range */
export function mirostat2Stage(options: MirostatOptions = {}): MirostatStage {
  return mirostatStage('mirostat2', options, (candidates, mu) => candidates.keepWeighing(Math.min(1, 2 ** -mu * candidates.weigh())));
}

/**
 * Logits in which all but the k most probable tokens have become -Infinity, shape (vocabSize,), where k follows from mu and from
 * how steep the distribution is: s, the exponent of Zipf's law, is fitted to the most probable tokens, and
 * k = ((s - 1) * 2^mu / (1 - N^(1 - s)))^(1 / s), or 2^mu where s is 0, rounded down, from 1 to all (Basu et al. 2020, "Mirostat: A Neural Text Decoding
 * Algorithm that Directly Controls Perplexity", algorithm 1; N is the size of the vocabulary, as in llama.cpp). Of equal tokens the lower ids stay.
 *
 * @param logits not changed, unless passed as `out` too
 * @param mu in bits, a finite number
 * @param out where the result goes; a new array if left out
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function mirostat1(logits: Float32Array, mu: number, options: Pick<Mirostat1Options, 'estimateFrom'> = {}, out?: Float32Array): Float32Array {
  return processLogits(logits, mirostat1Stage({ ...options, mu }), out);
}

/** Mirostat version 1 as a stage. Needs to be told of every token by accept(). @throws RangeError if an option is out of range */
export function mirostat1Stage({ estimateFrom = 100, ...options }: Mirostat1Options = {}): MirostatStage {
  requireInteger('mirostat estimateFrom', estimateFrom, 2, '100 is usual');
  return mirostatStage('mirostat1', options, (candidates, mu) => {
    const k = Math.max(1, Math.floor(mirostatK(zipfExponent(candidates, estimateFrom), mu, candidates.vocabSize)));
    if (!(k < candidates.count)) return;
    gatherTopK(candidates, k);
    const kth = candidates.scratch[0];
    let above = 0;
    for (let i = 0; i < candidates.count; i++) if (candidates.logits[i] > kth) above++;
    candidates.keepFrom(kth, k - above);
  });
}

function mirostatK(exponent: number, mu: number, vocabSize: number): number {
  // The formula has no answer for equally probable tokens, of which 2^mu have a surprise of mu bits.
  if (!(exponent > 1e-9)) return 2 ** mu;
  const excess = exponent - 1;
  // The limit of excess / (1 - N^-excess) for a law of exponent 1 is 1 / ln N.
  const factor = Math.abs(excess) < 1e-9 ? 1 / Math.log(vocabSize) : excess / (1 - vocabSize ** -excess);
  return (factor * 2 ** mu) ** (1 / exponent);
}

/** Least squares through the origin: ln(p_i / p_(i+1)) against ln((i + 1) / i) for the most probable tokens i = 1, 2, ... */
function zipfExponent(candidates: Candidates, estimateFrom: number): number {
  candidates.highest();
  const gathered = gatherTopK(candidates, Math.min(estimateFrom, candidates.count));
  const { logits, places, scratch } = candidates;
  for (let at = 0; at < gathered; at++) scratch[at] = logits[places[at]];
  const sorted = scratch.subarray(0, gathered).sort().reverse();
  let products = 0;
  let squares = 0;
  for (let rank = 0; rank + 1 < Math.min(estimateFrom, gathered) && sorted[rank + 1] > -Infinity; rank++) {
    const step = Math.log((rank + 2) / (rank + 1));
    products += step * (sorted[rank] - sorted[rank + 1]);
    squares += step * step;
  }
  // A token that is alone is infinitely far above the rest.
  return squares > 0 ? products / squares : Infinity;
}

function mirostatStage(name: string, options: MirostatOptions, truncate: Truncate): MirostatStage {
  const { tau = 5, eta = 0.1, mu = 2 * tau } = options;
  requirePositive('mirostat tau', tau, '5 bits is usual');
  requirePositive('mirostat eta', eta, '0.1 is usual');
  requireBetween('mirostat mu', mu, -Infinity, Infinity, 'leave it out for 2 * tau');
  return new Mirostat(name, truncate, tau, eta, mu);
}

class Mirostat implements MirostatStage {
  // What was left after the last truncation: ids, ascending, and their surprise. Grows with need and is kept.
  #ids = new Int32Array(0);
  #surprise = new Float64Array(0);
  #left = 0;

  readonly #truncate: Truncate;
  readonly #tau: number;
  readonly #eta: number;

  constructor(
    readonly name: string,
    truncate: Truncate,
    tau: number,
    eta: number,
    public mu: number,
  ) {
    this.#truncate = truncate;
    this.#tau = tau;
    this.#eta = eta;
  }

  apply(candidates: Candidates): void {
    this.#truncate(candidates, this.mu);
    const total = candidates.weigh();
    const { weights, count } = candidates;
    if (this.#ids.length < count) {
      this.#ids = new Int32Array(count);
      this.#surprise = new Float64Array(count);
    }
    this.#left = count;
    for (let i = 0; i < count; i++) {
      this.#ids[i] = candidates.idAt(i);
      this.#surprise[i] = Math.log2(total / weights[i]);
    }
  }

  /** Moves the limit. A token that the stage had not left over, chosen by somebody else, moves nothing. */
  accept(id: number): void {
    const at = this.#ids.subarray(0, this.#left).indexOf(id);
    this.#left = 0;
    const surprise = at >= 0 ? this.#surprise[at] : Infinity;
    if (surprise < Infinity) this.mu -= this.#eta * (surprise - this.#tau);
  }

  fork(): MirostatStage {
    const copy = new Mirostat(this.name, this.#truncate, this.#tau, this.#eta, this.mu);
    copy.#ids = this.#ids.slice(0, this.#left);
    copy.#surprise = this.#surprise.slice(0, this.#left);
    copy.#left = this.#left;
    return copy;
  }
}
