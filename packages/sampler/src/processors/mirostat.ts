// Mirostat: keeps the surprise of the text near a target. After every token it adjusts a limit, mu, by the error of the surprise. Both
// versions are stages with the state mu; the pure functions only truncate at a given mu.
import { requireBetween, requireInteger, requireKnown, requirePositive } from '../checks.js';
import type { Candidates } from '../selection/candidates.js';
import { gatherTopK } from '../selection/gather-top-k.js';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

export interface MirostatOptions {
  /** The target surprise of every token, in bits: a finite number above 0; default 5. */
  tau?: number;
  /** The rate of adjusting the limit: a finite number above 0; default 0.1. */
  eta?: number;
  /** The initial limit, in bits: a finite number; default 2 * tau. */
  mu?: number;
}

export interface Mirostat1Options extends MirostatOptions {
  /** The number of most probable tokens from which the steepness of the distribution is estimated: an integer from 2; default 100. */
  estimateFrom?: number;
}

/** A stage whose limit can be read. */
export interface MirostatStage extends Stage {
  /** The current limit, in bits. */
  readonly mu: number;
}

/** Drops candidates so that the surprise of the rest is about mu bits. */
type Truncate = (candidates: Candidates, mu: number) => void;

/**
 * Sets the logit of every token more surprising than mu bits (-log2 p > mu) to -Infinity, shape (vocabSize,). The most probable token and
 * its equals always stay (Basu et al. 2020, "Mirostat", as simplified in llama.cpp's version 2).
 *
 * @param logits not changed, unless passed as `out` too
 * @param mu in bits, a finite number
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if mu is not a finite number, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function mirostat2(logits: Float32Array, mu: number, out?: Float32Array): Float32Array {
  return processLogits(logits, mirostat2Stage({ mu }), out);
}

/** Mirostat version 2 as a stage. Call accept() with every token. @throws RangeError if an option is out of range */
export function mirostat2Stage(options: MirostatOptions = {}): MirostatStage {
  requireKnown<MirostatOptions>('mirostat2', options, { tau: true, eta: true, mu: true });
  return mirostatStage('mirostat2', options, (candidates, mu) => candidates.keepWeighing(Math.min(1, 2 ** -mu * candidates.weigh())));
}

/**
 * Sets all but the k largest logits to -Infinity, shape (vocabSize,), where k depends on mu and on the steepness of the distribution. s,
 * the exponent of Zipf's law, is fitted to the most probable tokens; k = ((s - 1) * 2^mu / (1 - N^(1 - s)))^(1 / s), or 2^mu if s is 0,
 * rounded down, at least 1 and at most all (Basu et al. 2020, "Mirostat: A Neural Text Decoding Algorithm that Directly Controls
 * Perplexity", algorithm 1; N is the size of the vocabulary, as in llama.cpp). Of equal tokens the lower ids stay.
 *
 * @param logits not changed, unless passed as `out` too
 * @param mu in bits, a finite number
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function mirostat1(logits: Float32Array, mu: number, options: Pick<Mirostat1Options, 'estimateFrom'> = {}, out?: Float32Array): Float32Array {
  requireKnown<Pick<Mirostat1Options, 'estimateFrom'>>('mirostat1', options, { estimateFrom: true });
  return processLogits(logits, mirostat1Stage({ ...options, mu }), out);
}

/** Mirostat version 1 as a stage. Call accept() with every token. @throws RangeError if an option is out of range */
export function mirostat1Stage(options: Mirostat1Options = {}): MirostatStage {
  requireKnown<Mirostat1Options>('mirostat1', options, { tau: true, eta: true, mu: true, estimateFrom: true });
  const { estimateFrom = 100 } = options;
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
  // The formula is undefined for equally probable tokens; 2^mu of them have a surprise of mu bits.
  if (!(exponent > 1e-9)) return 2 ** mu;
  const excess = exponent - 1;
  // For exponent 1, excess / (1 - N^-excess) has the limit 1 / ln N.
  const factor = Math.abs(excess) < 1e-9 ? 1 / Math.log(vocabSize) : excess / (1 - vocabSize ** -excess);
  return (factor * 2 ** mu) ** (1 / exponent);
}

/** Fits a line through the origin by least squares: ln(p_i / p_(i+1)) against ln((i + 1) / i) for the most probable tokens i = 1, 2, ... */
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
  // A single token counts as infinitely far above the rest.
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
  // The remaining ids after the last truncation, ascending, and their surprise. Reused buffers that grow as needed.
  #ids = new Int32Array(0);
  #surprise = new Float64Array(0);
  #left = 0;

  readonly #start: number;
  readonly #truncate: Truncate;
  readonly #tau: number;
  readonly #eta: number;

  constructor(
    readonly name: string,
    truncate: Truncate,
    tau: number,
    eta: number,
    public mu: number,
    start = mu,
  ) {
    this.#start = start;
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

  /** Adjusts the limit. A token that the stage had dropped (chosen elsewhere) does not change it. */
  accept(id: number): void {
    const at = this.#ids.subarray(0, this.#left).indexOf(id);
    this.#left = 0;
    const surprise = at >= 0 ? this.#surprise[at] : Infinity;
    if (surprise < Infinity) this.mu -= this.#eta * (surprise - this.#tau);
  }

  reset(): void {
    this.mu = this.#start;
    this.#left = 0;
  }

  fork(): MirostatStage {
    const copy = new Mirostat(this.name, this.#truncate, this.#tau, this.#eta, this.mu, this.#start);
    copy.#ids = this.#ids.slice(0, this.#left);
    copy.#surprise = this.#surprise.slice(0, this.#left);
    copy.#left = this.#left;
    return copy;
  }
}
