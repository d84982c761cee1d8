// Declares the layer of general multi-head attention (Vaswani et al. 2017): from one sequence to itself or to another, with any mask,
// and with rotary or ALiBi positions. Between its products it runs in one of two forms: fused, or step by step in
// `grouped-query-attention.ts`.
import { attention, attentionWeights, cachedAttention, checkOptions, concatenate, Linear, Module, type AttentionOptions, type CachePlaces, type Engine, type Layer, type OptionNames, type Random, type Tensor } from '@kk/nn-core';
import { groupedQueryAttention } from './grouped-query-attention.js';
import { attentionMask } from './masks.js';
import { alibiSlopes } from './positions/alibi.js';
import { checkWhole } from './positions/check-whole.js';
import type { RotaryPositions } from './positions/rotary-positions.js';

export interface MultiHeadAttentionOptions extends Pick<AttentionOptions, 'heads' | 'keyValueHeads' | 'causal' | 'window'> {
  /** The width of the input and of the output. Without headSize, `heads` must divide it. */
  width: number;
  /** The width of each head; default width / heads. */
  headSize?: number;
  /** Turns queries and keys by their positions; share one among the layers of a model. Default: positions are told otherwise, or not at all. */
  rotary?: RotaryPositions;
  /** Whether scores lose in proportion to the distance, with the slopes of `alibiSlopes` (Press et al. 2022); default false. */
  alibi?: boolean;
  /**
   * 'fused', the default: one operation, which stores no attention weights. 'step by step': plain operations that can be read, with the same
   * numbers, for which every mask of a batch comes as one `mask` (see `attentionMask`).
   */
  form?: AttentionForm;
  /**
   * Probability of dropping an attention weight in training; default 0. Which weights are dropped depends on `engine.dropoutState` (seed and
   * step) alone, in both forms alike.
   */
  dropout?: number;
  /** Whether query, key and value add a bias; default true. */
  queryKeyValueBias?: boolean;
  /** Whether the projection adds a bias; default true. */
  projectionBias?: boolean;
  /** Standard deviation of the initial query, key and value weights; default 1 / sqrt(inputs). */
  deviation?: number;
  /** The same for the output projection, which adds to the residual stream. */
  projectionDeviation?: number;
}

const OPTIONS: OptionNames<MultiHeadAttentionOptions> = {
  width: 'required', heads: 'required', keyValueHeads: 'optional', headSize: 'optional', causal: 'flag', window: 'optional', rotary: 'optional', alibi: 'flag',
  form: 'optional', dropout: 'optional', queryKeyValueBias: 'flag', projectionBias: 'flag', deviation: 'optional', projectionDeviation: 'optional',
};

/** How attention is computed. */
export type AttentionForm = 'fused' | 'step by step';

/** The masks of one batch; see `AttentionOptions` of @kk/nn-core. */
export type AttentionMasks = Pick<AttentionOptions, 'keyRanges' | 'segments' | 'keySegments' | 'prefixLengths' | 'mask'>;

export class MultiHeadAttention extends Module {
  /** From width to heads * headSize. */
  query: Layer;
  /** From width to keyValueHeads * headSize. */
  key: Layer;
  /** From width to keyValueHeads * headSize. */
  value: Layer;
  /** From heads * headSize to width. */
  projection: Layer;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly causal: boolean;
  /** The attention window in positions, the query's own included; 0: no limit. */
  readonly window: number;
  readonly form: AttentionForm;
  readonly #dropout: number;
  readonly #rotary: RotaryPositions | undefined;
  /** (heads) */
  readonly #alibiSlopes: Tensor | undefined;

  /** @throws RangeError when the heads do not fit the width, each other, or the rotary positions; TypeError when an option is unknown or missing */
  constructor(engine: Engine, options: MultiHeadAttentionOptions, random: Random) {
    super();
    checkOptions('MultiHeadAttention', options, OPTIONS);
    const { width, heads, keyValueHeads = heads, headSize = width / heads, causal = false, window = 0, rotary, alibi = false, form = 'fused', dropout = 0 } = options;
    const { queryKeyValueBias = true, projectionBias = true, deviation, projectionDeviation } = options;
    if (!Number.isInteger(heads) || heads < 1 || !Number.isInteger(headSize) || headSize < 1) {
      throw new RangeError(`MultiHeadAttention: width ${width} cannot be split into ${heads} heads: choose a number of heads that divides it, or give a headSize, a whole number of 1 or more.`);
    }
    if (!Number.isInteger(keyValueHeads) || keyValueHeads < 1 || heads % keyValueHeads !== 0) {
      throw new RangeError(`MultiHeadAttention: ${heads} heads cannot share ${keyValueHeads} heads of keys and values: choose a number of keyValueHeads that divides ${heads}.`);
    }
    if (rotary && rotary.headSize !== headSize) {
      throw new RangeError(`MultiHeadAttention: the rotary positions are for heads of ${rotary.headSize}, and these heads have ${headSize} numbers: give both the same headSize.`);
    }
    if (form !== 'fused' && form !== 'step by step') throw new TypeError(`MultiHeadAttention: form is ${JSON.stringify(form)}; expected 'fused' or 'step by step'.`);
    if (!(dropout >= 0 && dropout < 1)) throw new RangeError(`MultiHeadAttention: dropout is ${String(dropout)}; expected a probability from 0 to below 1.`);
    checkWhole('MultiHeadAttention', 'window', window, 0);
    this.form = form;
    this.#dropout = dropout;
    this.heads = heads;
    this.keyValueHeads = keyValueHeads;
    this.headSize = headSize;
    this.causal = causal;
    this.window = window;
    this.#rotary = rotary;
    this.#alibiSlopes = alibi ? engine.keep(engine.tensor(alibiSlopes(heads))) : undefined;
    const linear = (inputs: number, outputs: number, bias: boolean, spread: number | undefined): Linear => new Linear(engine, { inputs, outputs, bias, ...(spread !== undefined && { deviation: spread }) }, random);
    this.query = linear(width, heads * headSize, queryKeyValueBias, deviation);
    this.key = linear(width, keyValueHeads * headSize, queryKeyValueBias, deviation);
    this.value = linear(width, keyValueHeads * headSize, queryKeyValueBias, deviation);
    this.projection = linear(heads * headSize, width, projectionBias, projectionDeviation);
  }

  /**
   * @param x (batch, queries, width): the queries
   * @param memory (batch, keys, width): the keys and values; x itself by default. The queries have the last positions of the keys
   * @param masks which keys are hidden from which queries
   * @returns (batch, queries, width); the attention weights are never stored on cpu and wasm
   */
  forward(x: Tensor, memory: Tensor = x, masks: AttentionMasks = {}): Tensor {
    const [query, key] = this.#queryAndKey(x, memory);
    const value = this.value.forward(memory);
    return this.projection.forward(this.form === 'fused' ? attention(query, key, value, { ...this.#options(masks), dropout: this.#dropoutNow }) : this.#stepByStep(query, key, value, masks));
  }

  /**
   * Like `forward` of a sequence to itself, for new positions of the sequences in a cache, whose keys and values it appends. No gradient.
   * @param x (1, rows, width): all new positions, sequence after sequence
   * @param cache this layer's tensor of a `KeyValueCache` of width keyValueHeads * headSize
   * @param places where the rows belong: `KeyValueCache.places`
   * @throws RangeError when attention is not causal, or sizes do not fit
   */
  forwardCached(x: Tensor, cache: Tensor, places: CachePlaces): Tensor {
    const { heads, keyValueHeads, causal, window } = this;
    const [query, key] = [this.query, this.key].map((product) => this.#turn(product.forward(x), places.positions)) as [Tensor, Tensor];
    const qkv = concatenate([query, key, this.value.forward(x)], -1);
    return this.projection.forward(cachedAttention(qkv, cache, places, { heads, keyValueHeads, causal, window, ...this.#positions() }));
  }

  /**
   * Query, key and value of a sequence to itself, as attention takes them: with rotary positions, queries and keys are turned.
   * @param x (batch, time, width)
   * @param positions those of the rows, int32 (batch, time); default 0 to time - 1
   * @returns (batch, time, heads * headSize), and twice (batch, time, keyValueHeads * headSize)
   */
  queryKeyAndValue(x: Tensor, positions: number | Tensor = 0): [query: Tensor, key: Tensor, value: Tensor] {
    return [this.#turn(this.query.forward(x), positions), this.#turn(this.key.forward(x), positions), this.value.forward(x)];
  }

  /** Whether scores lose in proportion to the distance. */
  get hasAlibi(): boolean {
    return this.#alibiSlopes !== undefined;
  }

  /** The attention weights of each head: (batch, heads, queries, keys); rows sum to one. No gradient. */
  attentionWeights(x: Tensor, memory: Tensor = x, masks: AttentionMasks = {}): Tensor {
    const [query, key] = this.#queryAndKey(x, memory);
    return attentionWeights(query, key, this.#options(masks));
  }

  get #dropoutNow(): number {
    return this.training ? this.#dropout : 0;
  }

  #queryAndKey(x: Tensor, memory: Tensor): [query: Tensor, key: Tensor] {
    const later = memory.shape[1]! - x.shape[1]!; // only distances count, so the earlier of both begins at 0
    return [this.#turn(this.query.forward(x), Math.max(0, later)), this.#turn(this.key.forward(memory), Math.max(0, -later))];
  }

  #turn(x: Tensor, positions: number | Tensor): Tensor {
    return this.#rotary ? this.#rotary.rotate(x, positions) : x;
  }

  #options(masks: AttentionMasks): AttentionOptions {
    const { heads, keyValueHeads, causal, window } = this;
    return { heads, keyValueHeads, causal, window, ...this.#positions(), ...masks };
  }

  #positions(): Pick<AttentionOptions, 'alibiSlopes'> {
    return this.#alibiSlopes ? { alibiSlopes: this.#alibiSlopes } : {};
  }

  /** What `attention` does, from plain operations. */
  #stepByStep(query: Tensor, key: Tensor, value: Tensor, { mask, ...others }: AttentionMasks): Tensor {
    const given = Object.entries(others).find(([, tensor]) => tensor !== undefined);
    if (given) throw new TypeError(`MultiHeadAttention: step by step, masks come as numbers that are added; got ${given[0]}: give { mask: attentionMask(engine, { ${given[0]}, ... }) }.`);
    const { heads, keyValueHeads, causal, window } = this;
    const [queries, keys] = [query.shape[1]!, key.shape[1]!];
    const all = attentionMask(query.engine, { queries, keys, causal, window, ...(this.#alibiSlopes && { alibiSlopes: alibiSlopes(heads) }), ...(mask && { mask }) });
    return groupedQueryAttention(query, key, value, { heads, keyValueHeads, mask: all, dropout: this.#dropoutNow }).output;
  }
}
