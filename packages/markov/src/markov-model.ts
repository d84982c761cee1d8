// A Markov chain over token ids: the next token depends only on the last few. This class has the counts and the texts; the probabilities
// that an estimator computes from them are a BackoffModel, made on first use.
import { checkOptions, type OptionNames, requireIterable } from '@kk/options';
import type { NextTokenModel, RandomSource } from '@kk/sampler';
import { BackoffModel, type TokenScore } from './backoff-model.js';
import { combine } from './counts/combine.js';
import { frequentEnough } from './counts/cut-off.js';
import { NgramCounts } from './counts/ngram-counts.js';
import { ofOrder } from './counts/of-order.js';
import { sampleCounts } from './counts/sample-counts.js';
import { BLOCK_TOKENS, countTexts } from './counts/text-counter.js';
import { levelStarts } from './counts/trie.js';
import { estimateInSteps, parametersOf } from './estimators/estimate.js';
import type { SmoothingParameters } from './estimators/estimator.js';
import { estimatorNamed, type Smoothing } from './estimators/index.js';
import { conditionalEntropies } from './evaluation/entropy.js';
import type { Evaluation } from './evaluation/evaluation.js';
import { checkIds, checkVocabSize } from './ids.js';
import { pruneByEntropy } from './pruning/entropy-pruning.js';
import { checkPrunable, filterTable } from './pruning/filter.js';
import { SourceIndex } from './provenance/source-index.js';
import { finished, type Steps, within } from './steps.js';
import { type IdSource, type KeptText, keptIds, keptIdsInSteps, nameFor, requireSource, type SourceText, textNamed } from './sources.js';
import { completed, keep, type MarkovOptions, type Trained, Trainer } from './trainer.js';

export type { MarkovOptions } from './trainer.js';

/** A token that followed a context, and its count. */
export interface Follower {
  id: number;
  count: number;
}

const estimationOptionNames: OptionNames<Omit<MarkovOptions, 'order' | 'vocabSize'>> = { smoothing: 'optional', startToken: 'optional', unknownToken: 'optional', keepTexts: 'flag', floor: 'optional' };
const markovOptionNames: OptionNames<MarkovOptions> = { order: 'required', vocabSize: 'required', ...estimationOptionNames };

/** What is trained on, for error messages. */
const TEXTS = 'a list of texts such as [{ ids }]';

export class MarkovModel implements NextTokenModel {
  readonly #options: Required<Omit<MarkovOptions, 'order' | 'vocabSize'>>;
  #counts: NgramCounts;
  #texts: readonly KeptText[];
  #backoff: BackoffModel | undefined;
  /** Shared by the models of the same texts. */
  #shared: { sourceIndex?: SourceIndex };

  private constructor({ counts, texts }: Trained, options: Required<Omit<MarkovOptions, 'order' | 'vocabSize'>>, shared = {}) {
    this.#counts = counts;
    this.#texts = texts;
    this.#options = options;
    this.#shared = shared;
  }

  /**
   * Counts the n-grams of one text. At the beginning of the text contexts are shorter.
   *
   * @param ids at least one token id from 0 to vocabSize - 1
   * @throws RangeError if there are no ids, an id is out of range, or an option is
   */
  static train(ids: ArrayLike<number>, options: MarkovOptions): MarkovModel {
    checkOptions('MarkovModel.train', options, markovOptionNames);
    return MarkovModel.trainAll([{ ids }], options);
  }

  /**
   * Counts the n-grams of several texts. Each is a sequence of its own: no n-gram crosses from one into the next.
   *
   * @throws RangeError if there is no token, an id is out of range, two texts have the same name, or an option is out of range
   */
  static trainAll(texts: Iterable<IdSource>, options: MarkovOptions): MarkovModel {
    checkOptions('MarkovModel.trainAll', options, markovOptionNames);
    requireIterable('texts', texts, TEXTS);
    const trainer = new Trainer(options);
    for (const text of texts) trainer.add(text);
    return new MarkovModel(trainer.finish(), trainer.options);
  }

  /**
   * Like trainAll(), in steps of some tenths of a second at most, and of milliseconds for texts of some 100,000 tokens. The generator yields
   * the approximate share of the work that is done, 0 to 1, and returns the model.
   *
   * @throws RangeError as trainAll() does
   */
  static *trainInSteps(texts: readonly IdSource[], options: MarkovOptions): Steps<MarkovModel> {
    checkOptions('MarkovModel.trainInSteps', options, markovOptionNames);
    const trainer = new Trainer(options);
    requireIterable('texts', texts, TEXTS);
    for (const text of texts) requireSource(text);
    const tokens = texts.reduce((sum, { ids }) => sum + ids.length, 0);
    // Blocks that are full are counted while texts are added; the last one, which often is the only one, after that.
    const adding = Math.max(0, 1 - BLOCK_TOKENS / tokens);
    let added = 0;
    for (const text of texts) {
      const before = added;
      added += text.ids.length;
      yield* within(trainer.addInSteps(text), (adding * before) / tokens, (adding * added) / tokens);
    }
    return new MarkovModel(yield* within(trainer.finishInSteps(), adding, 1), trainer.options);
  }

  /**
   * Like trainAll, for texts that arrive over time and need not fit into memory: they are counted in blocks whose counts are merged. Texts
   * are kept only on request (`keepTexts: true`).
   */
  static async trainStream(texts: AsyncIterable<IdSource> | Iterable<IdSource>, options: MarkovOptions): Promise<MarkovModel> {
    checkOptions('MarkovModel.trainStream', options, markovOptionNames);
    const trainer = new Trainer({ keepTexts: false, ...options });
    if (!(typeof texts === 'object' && texts !== null && Symbol.asyncIterator in texts)) requireIterable('texts', texts, TEXTS);
    for await (const text of texts) trainer.add(text);
    return new MarkovModel(trainer.finish(), trainer.options);
  }

  /** Creates a model from existing counts, such as those of a file. For the formats. */
  static fromCounts(counts: NgramCounts, texts: readonly KeptText[], options: Omit<MarkovOptions, 'order' | 'vocabSize'>): MarkovModel {
    checkOptions('MarkovModel.fromCounts', options, estimationOptionNames);
    return new MarkovModel({ counts, texts }, completed({ ...options, order: counts.order, vocabSize: counts.vocabSize }));
  }

  /** The number of preceding tokens that the model uses. */
  get order(): number {
    return this.#counts.order;
  }

  get vocabSize(): number {
    return this.#counts.vocabSize;
  }

  /** How counts become probabilities. */
  get smoothing(): Smoothing {
    return this.#options.smoothing;
  }

  /** Where the remaining probability of the empty context goes; see MarkovOptions. */
  get floor(): 'uniform' | 'none' {
    return this.#options.floor;
  }

  /** The token that begins sentences; -1 if there is none. */
  get startToken(): number {
    return this.#options.startToken;
  }

  /** The token for unknown ones; -1 if there is none. */
  get unknownToken(): number {
    return this.#options.unknownToken;
  }

  /** The texts that were counted. */
  get sources(): readonly SourceText[] {
    return this.#texts.map(({ name, weight, length }) => ({ name, weight, length }));
  }

  /** The counts as a trie; see NgramCounts. Do not change them. */
  get ngrams(): NgramCounts {
    return this.#counts;
  }

  /** The number of different n-grams of each length; element 0 counts the 1-grams. */
  ngramCounts(): number[] {
    const starts = levelStarts(this.#counts.table);
    return starts.slice(1, -1).map((start, i) => starts[i + 2] - start);
  }

  /** The probabilities without the counts, computed on first use after training, add() or remove(). */
  get backoff(): BackoffModel {
    return this.#backoff ?? finished(this.backoffInSteps());
  }

  /** Like `backoff`. Yields the approximate share of the work that is done, 0 to 1, once per n-gram length. */
  *backoffInSteps(): Steps<BackoffModel> {
    const { smoothing, startToken, unknownToken, floor } = this.#options;
    this.#backoff ??= new BackoffModel(yield* estimateInSteps(this.#counts, estimatorNamed(smoothing), { startToken, floor }), unknownToken);
    return this.#backoff;
  }

  /**
   * The parameters of the smoothing for each context length, from 0 up: discounts (absolute, Kneser-Ney), factors (Katz) or weights
   * (Jelinek-Mercer), computed from the counts unless given. Empty for other smoothings. Each call takes a pass over the counts.
   */
  parameters(): SmoothingParameters[] {
    return parametersOf(this.#counts, estimatorNamed(this.smoothing), { startToken: this.startToken, floor: this.floor });
  }

  /** The index that finds sequences of tokens in the texts. @throws Error if the texts were not kept */
  get sourceIndex(): SourceIndex {
    this.#shared.sourceIndex ??= new SourceIndex(this.#texts.map((text) => ({ name: text.name, ids: keptIds(text) })));
    return this.#shared.sourceIndex;
  }

  /** Like `sourceIndex`, and the index is built. Yields the approximate share of the work that is done, 0 to 1, about ten times a second. */
  *sourceIndexInSteps(): Steps<SourceIndex> {
    // In a model from a file, the ids of its texts are still to be made.
    for (const [i, text] of this.#texts.entries()) yield* within(keptIdsInSteps(text), (0.2 * i) / this.#texts.length, (0.2 * (i + 1)) / this.#texts.length);
    const index = this.sourceIndex;
    yield* within(index.buildInSteps(), 0.2, 1);
    return index;
  }

  /** A model with the same counts and another estimator; nothing is copied or counted again. */
  withSmoothing(smoothing: Smoothing): MarkovModel {
    estimatorNamed(smoothing);
    return new MarkovModel({ counts: this.#counts, texts: this.#texts }, { ...this.#options, smoothing }, this.#shared);
  }

  /**
   * The model that training with a lower order would give. It shares the arrays of the counts, so that this takes no time: train once with the
   * highest order to try them all.
   *
   * @throws RangeError unless order is an integer from 0 to that of this model
   */
  withOrder(order: number): MarkovModel {
    return new MarkovModel({ counts: ofOrder(this.#counts, order), texts: this.#texts }, this.#options, this.#shared);
  }

  /** A model with the same counts and a larger vocabulary. @throws RangeError if it is smaller, or out of range */
  withVocabSize(vocabSize: number): MarkovModel {
    checkVocabSize(vocabSize);
    if (vocabSize < this.vocabSize) throw new RangeError(`vocabSize must be at least ${this.vocabSize}, the present one, got ${vocabSize}`);
    return new MarkovModel({ counts: new NgramCounts(this.order, vocabSize, this.#counts.table), texts: this.#texts }, this.#options, this.#shared);
  }

  /**
   * Adds a text. The model is then the same as if it had been trained on this text, too. Takes a pass over all n-grams; for many texts use
   * trainAll().
   *
   * @throws RangeError if an id, the weight or the name is out of range
   */
  add({ ids, name, weight = 1 }: IdSource): void {
    const text = keep({ ids, name: nameFor(this.#texts, name), weight }, this.vocabSize, this.#options.keepTexts);
    if (text.copy.length > 0) this.#counts = combine(this.#counts, countTexts([text.copy], this.order, this.vocabSize, this.startToken), weight);
    this.#changed([...this.#texts, text.kept]);
  }

  /**
   * Removes a text. The model is then the same as if it had never seen the text: the text's n-grams are counted again and subtracted.
   *
   * @throws RangeError if there is no text of that name
   * @throws Error if its ids were not kept
   */
  remove(name: string): void {
    const index = textNamed(this.#texts, name);
    const ids = keptIds(this.#texts[index]);
    if (ids.length > 0) this.#counts = combine(this.#counts, countTexts([ids], this.order, this.vocabSize, this.startToken), -this.#texts[index].weight);
    this.#changed(this.#texts.filter((_, i) => i !== index));
  }

  /** Log-probabilities of the next token; see BackoffModel.next. */
  next(context: ArrayLike<number>): Float32Array {
    return this.backoff.next(context);
  }

  /** The log-probability of a token after a context; see BackoffModel.logProbability. */
  logProbability(context: ArrayLike<number>, id: number): number {
    return this.backoff.logProbability(context, id);
  }

  /** The log-probability of a token after a state, and the next state; see BackoffModel.score. States are of this model, until add() or remove(). */
  score(state: number, id: number): TokenScore {
    return this.backoff.score(state, id);
  }

  /** The state after a context; see BackoffModel.stateOf. */
  stateOf(context: ArrayLike<number>): number {
    return this.backoff.stateOf(context);
  }

  /** Draws the next token; see BackoffModel.sample. Relative frequencies ('mle') need no estimate: the counts are drawn from, with the same result. */
  sample(context: ArrayLike<number>, random: RandomSource): number {
    if (this.smoothing === 'mle' && this.#backoff === undefined) return sampleCounts(this.#counts, context, random, this.startToken);
    return this.backoff.sample(context, random);
  }

  /** Nats per token of a text; see BackoffModel.crossEntropy. */
  crossEntropy(ids: ArrayLike<number>): number {
    return this.backoff.crossEntropy(ids);
  }

  /** The exponential of crossEntropy. */
  perplexity(ids: ArrayLike<number>): number {
    return this.backoff.perplexity(ids);
  }

  /** The loss over a text, with and without unknown tokens; see BackoffModel.evaluate. */
  evaluate(ids: ArrayLike<number>): Evaluation {
    return this.backoff.evaluate(ids);
  }

  /** Element k is the entropy of a token given the k tokens before it, from the counts, in nats; see conditionalEntropies. */
  conditionalEntropies(): Float64Array {
    return conditionalEntropies(this.#counts, this.startToken);
  }

  /**
   * A smaller model without rare n-grams (`cutoffs`: the minimum counts of n-grams of 1, 2, ... tokens; the last one also applies to longer
   * ones; all 1-grams stay) or without those that matter least (`threshold`: see BackoffModel.prune). Probabilities are estimated before.
   *
   * @throws RangeError if a number is out of range
   * @throws TypeError if the smoothing cannot be pruned
   */
  prune(options: { cutoffs?: readonly number[]; threshold?: number }): BackoffModel {
    checkOptions<{ cutoffs?: readonly number[]; threshold?: number }>('MarkovModel.prune', options, { cutoffs: true, threshold: true });
    const { cutoffs, threshold } = options;
    let { table } = this.backoff;
    if (cutoffs !== undefined) {
      checkPrunable(table);
      table = filterTable(table, frequentEnough(this.#counts, cutoffs));
    }
    if (threshold !== undefined) table = pruneByEntropy(table, threshold);
    return new BackoffModel(table, this.unknownToken);
  }

  /**
   * The tokens that followed this context in the texts, most frequent first (of equal counts the lower id); empty if none did. At most the
   * last `order` tokens of the context are looked up; an unknown context is not shortened.
   *
   * @throws RangeError if one of the used ids is out of range
   */
  counts(context: ArrayLike<number>): Follower[] {
    const from = Math.max(0, context.length - this.order);
    checkIds('context', context, this.vocabSize, from);
    const { tokens, counts, firstChild } = this.#counts.table;
    const node = this.#counts.find(context, from);
    if (node < 0 || node >= firstChild.length - 1) return [];
    const followers: Follower[] = [];
    for (let child = firstChild[node]; child < firstChild[node + 1]; child++) followers.push({ id: tokens[child], count: counts[child] });
    return followers.sort((a, b) => b.count - a.count || a.id - b.id);
  }

  #changed(texts: readonly KeptText[]): void {
    this.#texts = texts;
    this.#backoff = undefined;
    this.#shared = {};
  }
}
