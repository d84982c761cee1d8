// Several models combined with weights: the probability of a token is the weighted mean of theirs (linear interpolation).
import { describe, requireList, requireMethod } from '@kk/options';
import type { NextTokenModel, RandomSource } from '@kk/sampler';
import type { BackoffModel } from './backoff-model.js';
import { checkId, checkIds } from './ids.js';
import type { MarkovModel } from './markov-model.js';

/** A model, and how much it has a say. */
export interface MixturePart {
  model: MarkovModel | BackoffModel;
  /** A number from 0; only its share of the sum of all weights matters. */
  weight: number;
}

/** P(w | h) is the sum of weight * P(w | h) over the models, with weights that sum to one. (Jelinek and Mercer 1980, of whole models.) */
export class MixtureModel implements NextTokenModel {
  readonly #models: readonly (MarkovModel | BackoffModel)[];
  /** The share of each model, shape (models,), summing to 1. */
  readonly weights: readonly number[];
  readonly vocabSize: number;
  /** The token that begins sentences and is never predicted; -1 if there is none. */
  readonly startToken: number;

  /**
   * @param parts models over the same ids
   * @throws RangeError if there is none, a weight is not a number from 0, all are 0, or the vocabularies or start tokens differ
   */
  constructor(parts: readonly MixturePart[]) {
    requireList('parts', parts, 'a list such as [{ model, weight: 0.5 }, { model: another, weight: 0.5 }]');
    for (let i = 0; i < parts.length; i++) requireMethod(`parts[${i}].model`, (parts[i] as MixturePart | null)?.model, 'stateOf', 'a MarkovModel or a BackoffModel');
    if (parts.length === 0) throw new RangeError('there is no model to mix: expected at least one');
    for (const [i, { weight }] of parts.entries()) if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight ${i} is ${describe(weight)}: expected a number from 0`);
    const sum = parts.reduce((all, { weight }) => all + weight, 0);
    if (!(sum > 0 && sum < Infinity)) throw new RangeError(`the weights sum to ${sum}: expected at least one above 0, and a sum that a number can hold`);
    const { vocabSize, startToken } = parts[0].model;
    for (const [i, { model }] of parts.entries()) {
      if (model.vocabSize !== vocabSize || model.startToken !== startToken) {
        throw new RangeError(`model ${i} has a vocabulary of ${model.vocabSize} and the start token ${model.startToken}, model 0 one of ${vocabSize} and ${startToken}: expected models over the same ids; train them with the same tokenizer`);
      }
    }
    this.#models = parts.map(({ model }) => model);
    this.weights = parts.map(({ weight }) => weight / sum);
    this.vocabSize = vocabSize;
    this.startToken = startToken;
  }

  /** Log-probabilities of the next token in nats, shape (vocabSize,). @throws RangeError if one of the used ids is out of range */
  next(context: ArrayLike<number>): Float32Array {
    const sums = new Float64Array(this.vocabSize);
    for (const [i, model] of this.#models.entries()) {
      const logits = model.next(context);
      for (let id = 0; id < sums.length; id++) sums[id] += this.weights[i] * Math.exp(logits[id]);
    }
    return Float32Array.from(sums, Math.log);
  }

  /** The log-probability of a token after a context, in nats; -Infinity if all models give it 0. @throws RangeError if an id is out of range */
  logProbability(context: ArrayLike<number>, id: number): number {
    checkId('id', id, this.vocabSize);
    return Math.log(this.#models.reduce((sum, model, i) => sum + this.weights[i] * Math.exp(model.logProbability(context, id)), 0));
  }

  /** Draws the next token: first a model by the weights, then a token of it. @throws RangeError if one of the used ids is out of range */
  sample(context: ArrayLike<number>, random: RandomSource): number {
    let left = random.uniform();
    let chosen = 0;
    for (const [i, weight] of this.weights.entries()) {
      if (weight === 0) continue;
      chosen = i;
      left -= weight;
      if (left < 0) break;
    }
    return this.#models[chosen].sample(context, random);
  }

  /**
   * The mean of -ln P over the tokens of a text, in nats per token; Infinity if one is impossible. Start tokens are not predicted.
   *
   * @throws RangeError if there is nothing to predict, or an id is out of range
   */
  crossEntropy(ids: ArrayLike<number>): number {
    checkIds('ids', ids, this.vocabSize);
    const states = this.#models.map((model) => model.stateOf([]));
    let nats = 0;
    let tokens = 0;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i];
      let probability = 0;
      for (const [m, model] of this.#models.entries()) {
        const { logProbability, state } = model.score(states[m], id);
        states[m] = state;
        probability += this.weights[m] * Math.exp(logProbability);
      }
      if (id === this.startToken) continue;
      nats -= Math.log(probability);
      tokens++;
    }
    if (tokens === 0) throw new RangeError('the text to measure is empty: expected at least one token');
    return nats / tokens;
  }

  /** The exponential of crossEntropy(). @throws RangeError as it does */
  perplexity(ids: ArrayLike<number>): number {
    return Math.exp(this.crossEntropy(ids));
  }
}
