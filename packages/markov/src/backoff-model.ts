// A language model from the probabilities of n-grams and the backoff weights of contexts, estimated from counts or read from an ARPA file.
// This class only answers queries; estimators/estimate.ts and formats/ build its table.
import { describe, requireList } from '@kk/options';
import type { NextTokenModel, RandomSource } from '@kk/sampler';
import type { BackoffTable } from './backoff-table.js';
import { childOf, levelStarts, ROOT } from './counts/trie.js';
import { type Evaluation, evaluationOf } from './evaluation/evaluation.js';
import { checkId, checkIds } from './ids.js';
import { finished, type Steps } from './steps.js';
import { pruneByEntropy } from './pruning/entropy-pruning.js';

// The number of draws from the empty context before all its tokens are scanned for one that longer contexts do not have.
const ROOT_DRAWS = 16;

/** Values shared by all contexts of a table, computed on first use. */
interface Prepared {
  /** Log-probabilities after the empty context, shape (vocabSize,). */
  rootLogits?: Float32Array;
  /** The cumulative sums of these probabilities, shape (vocabSize,). */
  rootSums?: Float64Array;
  /** For each token the number of the last draw that skipped it, shape (vocabSize,); and the current draw's number. */
  passed?: Uint32Array;
  draws: number;
}

/** What score() gives. */
export interface TokenScore {
  /** In nats; -Infinity if the probability is 0. */
  logProbability: number;
  /** The state after the token. */
  state: number;
}

/** Tokens per step of a measurement: some tenths of a second. */
const STEP = 2 ** 19;

export class BackoffModel implements NextTokenModel {
  readonly #outcomes: number;
  readonly #prepared: Prepared = { draws: 0 };
  readonly #found = { node: ROOT, child: ROOT };

  /**
   * @param table the probabilities and weights; see BackoffTable
   * @param unknownToken the token for unknown ones; -1 if there is none
   */
  constructor(
    readonly table: BackoffTable,
    readonly unknownToken = -1,
  ) {
    this.#outcomes = Math.max(1, table.vocabSize - (table.startToken < 0 ? 0 : 1));
  }

  /** The number of preceding tokens that the model uses. */
  get order(): number {
    return this.table.order;
  }

  get vocabSize(): number {
    return this.table.vocabSize;
  }

  /** The token that begins sentences. It is never predicted, and tokens before it are ignored; -1 if there is none. */
  get startToken(): number {
    return this.table.startToken;
  }

  /** The number of n-grams of each length; element 0 counts the 1-grams. */
  ngramCounts(): number[] {
    const starts = levelStarts(this.table);
    return starts.slice(1, -1).map((start, i) => starts[i + 2] - start);
  }

  /** The size of the arrays, in bytes. */
  get byteLength(): number {
    const { tokens, firstChild, probabilities, backoffs, suffixes } = this.table;
    return [tokens, firstChild, probabilities, backoffs, suffixes].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /**
   * Log-probabilities of the next token, shape (vocabSize,): logits whose softmax is the distribution itself. Only the last `order` tokens
   * of the context are used. An unknown context is shortened to its longest known suffix.
   *
   * The logits of the empty context are computed once. A call adds a constant to them and overwrites the tokens that longer contexts know.
   *
   * @param context ids from 0 to vocabSize - 1; may be empty
   * @returns a new array
   * @throws RangeError if one of the used ids is out of range
   */
  next(context: ArrayLike<number>): Float32Array {
    const { tokens, firstChild, probabilities, backoffs, suffixes, lower, normalizers, startToken } = this.table;
    const state = this.stateOf(context);
    const root = this.#rootLogits();
    const contexts: number[] = [];
    const weights: number[] = [];
    let weight = normalizers === undefined ? 0 : -Math.log(normalizers[state]);
    for (let node = state; node !== ROOT && !(lower === 'uniform' && contexts.length > 0); node = suffixes[node]) {
      contexts.push(node);
      weights.push(weight);
      weight += Math.log(backoffs[node]);
    }
    const logits = new Float32Array(root.length);
    if (contexts.length > 0 && lower === 'uniform') {
      logits.fill(weight - Math.log(this.#outcomes));
      if (startToken >= 0) logits[startToken] = -Infinity;
    } else {
      for (let id = 0; id < logits.length; id++) logits[id] = root[id] + weight;
    }
    for (let i = contexts.length - 1; i >= 0; i--) {
      const end = firstChild[contexts[i] + 1];
      for (let child = firstChild[contexts[i]]; child < end; child++) logits[tokens[child]] = Math.log(probabilities[child]) + weights[i];
    }
    return logits;
  }

  /**
   * The log-probability (in nats) of a token after a context; -Infinity if the probability is 0.
   *
   * @throws RangeError if an id is out of range
   */
  logProbability(context: ArrayLike<number>, id: number): number {
    checkId('id', id, this.vocabSize);
    return Math.log(this.#probability(this.stateOf(context), id));
  }

  /**
   * The log-probability (in nats) of a token after a state, and the state after that token. So a sequence is scored token by token, without a look
   * at its context each time; it is what logProbability() gives for the whole context. (KenLM's BaseScore.)
   *
   * @param state of stateOf() or of an earlier call; 0 is the empty context. After the start token it is always that of stateOf([startToken])
   * @throws RangeError if the state or the id is out of range
   */
  score(state: number, id: number): TokenScore {
    const contexts = this.table.firstChild.length - 1;
    if (!(Number.isInteger(state) && state >= 0 && state < contexts)) throw new RangeError(`state is ${describe(state)}: expected one that stateOf() or score() of this model gave, 0 to ${contexts - 1}`);
    checkId('id', id, this.vocabSize);
    const logProbability = Math.log(this.#probability(state, id));
    return { logProbability, state: id === this.startToken ? this.#advance(ROOT, id) : this.#stateAfter(state, id) };
  }

  /**
   * The natural logarithm of the unnormalised score of stupid backoff, as its authors define it: with a discount for every token by which
   * the context is shortened. For every other model it equals logProbability.
   *
   * @throws RangeError if an id is out of range
   */
  logScore(context: ArrayLike<number>, id: number): number {
    const { normalizers, scoreDiscount } = this.table;
    if (normalizers === undefined || scoreDiscount === undefined) return this.logProbability(context, id);
    const ids = Array.from(context).slice(Math.max(0, context.length - this.order));
    let discounts = 0;
    for (; ids.length > 0; ids.shift(), discounts++) {
      const node = ids.reduce((parent, token) => (parent < 0 ? parent : childOf(this.table, parent, token)), ROOT);
      if (node > 0 && childOf(this.table, node, id) >= 0) break;
    }
    const state = this.stateOf(ids);
    return this.logProbability(ids, id) + Math.log(normalizers[state]) + discounts * Math.log(scoreDiscount);
  }

  /**
   * Draws the next token. The distribution is that of next(context), but it is faster if the context has few continuations.
   *
   * Inverse transform sampling: the tokens that followed the longest context come first, sorted by id, then those that only shorter
   * contexts know; a random number points at one of them. If it points past all but the empty context, that context is sampled by
   * rejection.
   *
   * @throws RangeError if an id of the context is out of range
   */
  sample(context: ArrayLike<number>, random: RandomSource): number {
    const { tokens, firstChild, probabilities, backoffs, suffixes, lower, normalizers, startToken } = this.table;
    let node = this.stateOf(context);
    const passed = (this.#prepared.passed ??= new Uint32Array(this.vocabSize));
    const draw = ++this.#prepared.draws;
    let left = random.uniform() * (normalizers?.[node] ?? 1);
    let weight = 1;
    let last = 0;
    for (;;) {
      const end = firstChild[node + 1];
      for (let child = firstChild[node]; child < end; child++) {
        const token = tokens[child];
        if (passed[token] === draw) continue;
        const share = weight * probabilities[child];
        if (share > 0) last = token;
        left -= share;
        if (left < 0) return token;
        passed[token] = draw;
      }
      weight *= backoffs[node];
      if (weight === 0) return last;
      if (node === ROOT || (lower === 'uniform' && end > firstChild[node])) break;
      node = suffixes[node];
      if (node !== ROOT) continue;
      // Draw from the empty context until the token was not skipped; most tokens were not.
      for (let attempt = 0; attempt < ROOT_DRAWS; attempt++) {
        const token = this.#sampleRoot(random.uniform());
        if (passed[token] !== draw) return token;
      }
    }
    const share = weight / this.#outcomes;
    for (let token = 0; token < this.vocabSize; token++) {
      if (passed[token] === draw || token === startToken) continue;
      last = token;
      left -= share;
      if (left < 0) return token;
    }
    return last; // rounding led past the last token
  }

  /**
   * The cross-entropy of the model on a text: the mean of -ln P(token | up to `order` tokens before it) over all tokens, in nats per token.
   * Infinity if a token is impossible, as in new text without smoothing. Start tokens begin a new sentence and are not predicted.
   *
   * @throws RangeError if there are no ids, or one is out of range
   */
  crossEntropy(ids: ArrayLike<number>): number {
    return this.evaluate(ids).crossEntropy;
  }

  /** The exponential of crossEntropy. @throws RangeError if there are no ids, or one is out of range */
  perplexity(ids: ArrayLike<number>): number {
    return this.evaluate(ids).perplexity;
  }

  /** The loss over a text, with and without unknown tokens. @throws RangeError if there is nothing to predict, or an id is out of range */
  evaluate(ids: ArrayLike<number>): Evaluation {
    return finished(this.evaluateInSteps(ids));
  }

  /** Like evaluate(). Yields the share of the text that is measured, 0 to 1, some times a second. */
  *evaluateInSteps(ids: ArrayLike<number>): Steps<Evaluation> {
    checkIds('ids', ids, this.vocabSize);
    const sums = { tokens: 0, unknowns: 0, nats: 0, natsOfKnown: 0 };
    let state = ROOT;
    for (let from = 0; from < ids.length; from += STEP) {
      state = this.#measure(ids, from, Math.min(ids.length, from + STEP), state, sums);
      yield from / ids.length;
    }
    if (sums.tokens === 0) throw new RangeError('the text to measure is empty: expected at least one token');
    return evaluationOf(sums.tokens, sums.unknowns, sums.nats, sums.natsOfKnown);
  }

  /** Adds the surprise of the tokens from `from` to `to` to the sums. @returns the state after them */
  #measure(ids: ArrayLike<number>, from: number, to: number, state: number, sums: { tokens: number; unknowns: number; nats: number; natsOfKnown: number }): number {
    for (let i = from; i < to; i++) {
      const id = ids[i];
      if (id === this.startToken) {
        state = this.#advance(ROOT, id);
        continue;
      }
      const surprise = -Math.log(this.#probability(state, id));
      const isFound = this.#found.child >= 0;
      state = this.#stateAfter(state, id);
      sums.tokens++;
      sums.nats += surprise;
      if (id === this.unknownToken || (!isFound && childOf(this.table, ROOT, id) < 0)) sums.unknowns++;
      else sums.natsOfKnown += surprise;
    }
    return state;
  }

  /**
   * A smaller model without the n-grams that matter least: those whose removal alone raises the perplexity of the model's own distribution
   * by a relative amount below `threshold`. The backoff weights of their contexts are recomputed. (Stolcke 1998, "Entropy-based pruning of
   * backoff language models".)
   *
   * @param threshold from 0, which removes only n-grams that shorter contexts predict equally well; 1e-8 to 1e-6 are usual
   * @throws RangeError if the threshold is out of range
   * @throws TypeError if the model's values are scores, or its contexts back off to the uniform distribution
   */
  prune({ threshold }: { threshold: number }): BackoffModel {
    return new BackoffModel(pruneByEntropy(this.table, threshold), this.unknownToken);
  }

  /** The node of the longest known suffix of a context, at most `order` tokens long. @throws RangeError if one of these ids is out of range */
  stateOf(context: ArrayLike<number>): number {
    requireList('context', context, 'a list of token ids');
    const from = Math.max(0, context.length - this.order);
    checkIds('context', context, this.vocabSize, from);
    let state = ROOT;
    for (let i = from; i < context.length; i++) state = this.#advance(state, context[i]);
    const { lower, firstChild, suffixes } = this.table;
    // If contexts do not back off to shorter ones, a context without continuations is useless.
    if (lower === 'uniform') while (state !== ROOT && firstChild[state] === firstChild[state + 1]) state = suffixes[state];
    return state;
  }

  /**
   * How many tokens at the end of a context matter for the next one: the length of the longest suffix, at most `order` tokens, that has
   * continuations. 0 when the texts have not even the last token.
   * @throws RangeError if one of the used ids is out of range
   */
  usedContext(context: ArrayLike<number>): number {
    const { firstChild, suffixes } = this.table;
    let state = this.stateOf(context);
    while (state !== ROOT && firstChild[state] === firstChild[state + 1]) state = suffixes[state];
    return levelStarts(this.table).findLastIndex((start) => start <= state);
  }

  /** The state after a token whose probability was just looked up: the search continues from the node that decided it. */
  #stateAfter(state: number, token: number): number {
    const { node, child } = this.#found;
    return child < 0 ? this.#advance(this.table.lower === 'uniform' ? state : ROOT, token) : this.#follow(node, child, token);
  }

  /** The longest known context after appending a token. */
  #advance(state: number, token: number): number {
    const { suffixes, startToken } = this.table;
    for (let node = token === startToken ? ROOT : state; ; node = suffixes[node]) {
      const child = childOf(this.table, node, token);
      if (child >= 0) return this.#follow(node, child, token);
      if (node === ROOT) return ROOT;
    }
  }

  /** The longest known context that ends with this token; `child` is the n-gram that it forms with the context `node`. */
  #follow(node: number, child: number, token: number): number {
    if (child < this.table.firstChild.length - 1) return child;
    // An n-gram of the highest length is not a context, but without its first token it is.
    return node === ROOT ? ROOT : this.#advance(this.table.suffixes[node], token);
  }

  /** Also stores the n-gram that decided, and its context, in #found. */
  #probability(state: number, token: number): number {
    const { firstChild, suffixes, probabilities, backoffs, normalizers, lower, startToken } = this.table;
    const found = this.#found;
    let weight = normalizers === undefined ? 1 : 1 / normalizers[state];
    for (let node = state; ; node = suffixes[node]) {
      const child = childOf(this.table, node, token);
      if (child >= 0) {
        found.node = node;
        found.child = child;
        return weight * probabilities[child];
      }
      const knows = firstChild[node] < firstChild[node + 1];
      if (lower === 'shorter' || knows) weight *= backoffs[node];
      if (node === ROOT || (lower === 'uniform' && knows)) {
        found.child = -1;
        return token === startToken ? 0 : weight / this.#outcomes;
      }
    }
  }

  /** The token at which the cumulative probability of the empty context reaches `chance`. */
  #sampleRoot(chance: number): number {
    const { probabilities, tokens, backoffs, startToken } = this.table;
    if (this.#prepared.rootSums === undefined) {
      const each = new Float64Array(this.vocabSize).fill(backoffs[ROOT] / this.#outcomes);
      if (startToken >= 0) each[startToken] = 0;
      for (let child = 1; child < this.table.firstChild[1]; child++) each[tokens[child]] = probabilities[child];
      for (let id = 1; id < each.length; id++) each[id] += each[id - 1];
      this.#prepared.rootSums = each;
    }
    const sums = this.#prepared.rootSums;
    const target = chance * sums[sums.length - 1];
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] <= target) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #rootLogits(): Float32Array {
    if (this.#prepared.rootLogits !== undefined) return this.#prepared.rootLogits;
    const { tokens, firstChild, probabilities, backoffs, startToken } = this.table;
    const logits = new Float32Array(this.vocabSize).fill(Math.log(backoffs[ROOT] / this.#outcomes));
    if (startToken >= 0) logits[startToken] = -Infinity;
    for (let child = firstChild[ROOT]; child < firstChild[ROOT + 1]; child++) logits[tokens[child]] = Math.log(probabilities[child]);
    this.#prepared.rootLogits = logits;
    return logits;
  }
}
