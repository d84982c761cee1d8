// A Markov chain over token ids: the next token depends on the last few, and on nothing before them.
import { type NextTokenModel } from '@kk/sampler';
import { countNgrams } from './counts/count-ngrams.js';
import { type NgramCounts } from './counts/ngram-counts.js';
import { type Estimator } from './estimators/estimator.js';
import { estimatorNamed, type Smoothing } from './estimators/index.js';
import { checkId, checkIds, checkVocabSize } from './ids.js';

const HIGHEST_ORDER = 12;

export interface MarkovOptions {
  /** How many preceding tokens the model sees: 0 (none) to 12. Order n counts n-grams of up to n + 1 tokens. */
  order: number;
  /** Token ids run from 0 to vocabSize - 1; at most 2^24. */
  vocabSize: number;
  /** How counts become probabilities. 'witten-bell' if left out. */
  smoothing?: Smoothing;
}

/** A token that followed a context, and how often. */
export interface Follower {
  id: number;
  count: number;
}

export class MarkovModel implements NextTokenModel {
  readonly #counts: NgramCounts;
  readonly #estimator: Estimator;
  readonly #probabilities: Float64Array;

  private constructor(
    counts: NgramCounts,
    /** How counts become probabilities. */
    readonly smoothing: Smoothing,
  ) {
    this.#counts = counts;
    this.#estimator = estimatorNamed(smoothing);
    this.#probabilities = new Float64Array(counts.vocabSize);
  }

  /**
   * Counts the n-grams of one text. The text's beginning is seen with as many preceding tokens as there are.
   *
   * @param ids at least one token id from 0 to vocabSize - 1
   * @throws RangeError if there are no ids, an id is out of range, or an option is
   */
  static train(ids: ArrayLike<number>, { order, vocabSize, smoothing = 'witten-bell' }: MarkovOptions): MarkovModel {
    if (!(Number.isInteger(order) && order >= 0 && order <= HIGHEST_ORDER)) {
      throw new RangeError(`order must be an integer from 0 to ${HIGHEST_ORDER} (preceding tokens seen), got ${String(order)}`);
    }
    checkVocabSize(vocabSize);
    estimatorNamed(smoothing);
    if (ids.length === 0) throw new RangeError('the text to train on is empty: expected at least one token');
    checkIds('ids', ids, vocabSize);
    return new MarkovModel(countNgrams(Int32Array.from(ids), order, vocabSize), smoothing);
  }

  /** How many preceding tokens the model sees. */
  get order(): number {
    return this.#counts.order;
  }

  get vocabSize(): number {
    return this.#counts.vocabSize;
  }

  /** The same counts with another estimator; nothing is copied or counted again. */
  withSmoothing(smoothing: Smoothing): MarkovModel {
    return new MarkovModel(this.#counts, smoothing);
  }

  /**
   * Natural logarithms of the probabilities of the next token, shape (vocabSize,): logits whose softmax is the distribution itself.
   * Only the last `order` tokens of the context count. An unknown context counts as its longest known end.
   *
   * @param context ids from 0 to vocabSize - 1; may be empty
   * @returns a new array
   * @throws RangeError if one of those ids is out of range
   */
  next(context: ArrayLike<number>): Float32Array {
    this.#estimator.fill(this.#counts, this.#path(context), this.#probabilities);
    const logits = new Float32Array(this.vocabSize);
    for (let id = 0; id < logits.length; id++) logits[id] = Math.log(this.#probabilities[id]);
    return logits;
  }

  /**
   * The natural logarithm of the probability of one token after a context; -Infinity if it is 0.
   *
   * @throws RangeError if an id is out of range
   */
  logProbability(context: ArrayLike<number>, id: number): number {
    checkId('id', id, this.vocabSize);
    return Math.log(this.#estimator.probability(this.#counts, this.#path(context), id));
  }

  /**
   * How surprised the model is by a text: the mean of -ln P(token | up to `order` tokens before it) over all tokens, in nats per token.
   * Infinity if a token is impossible, as in new text without smoothing. Perplexity is its exponential.
   *
   * @throws RangeError if there are no ids, or one is out of range
   */
  crossEntropy(ids: ArrayLike<number>): number {
    if (ids.length === 0) throw new RangeError('the text to measure is empty: expected at least one token');
    checkIds('ids', ids, this.vocabSize);
    let path = this.#counts.path([]);
    let sum = 0;
    for (let i = 0; i < ids.length; i++) {
      sum -= Math.log(this.#estimator.probability(this.#counts, path, ids[i]));
      path = this.#counts.advance(path, ids[i]);
    }
    return sum / ids.length;
  }

  /**
   * What followed this context in the text, the most frequent first (of equal counts the lower id); empty if nothing ever did.
   * The whole context is looked up, but at most its last `order` tokens; it is not shortened when it is unknown.
   *
   * @throws RangeError if one of those ids is out of range
   */
  counts(context: ArrayLike<number>): Follower[] {
    const path = this.#path(context);
    const length = Math.min(context.length, this.order);
    if (path.length <= length) return [];
    const { tokens, counts, firstChild } = this.#counts.table;
    const followers: Follower[] = [];
    for (let child = firstChild[path[length]]; child < firstChild[path[length] + 1]; child++) followers.push({ id: tokens[child], count: counts[child] });
    return followers.sort((a, b) => b.count - a.count || a.id - b.id);
  }

  #path(context: ArrayLike<number>): number[] {
    checkIds('context', context, this.vocabSize, Math.max(0, context.length - this.order));
    return this.#counts.path(context);
  }
}
