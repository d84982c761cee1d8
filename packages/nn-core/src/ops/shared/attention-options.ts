// Checks the options of attention, which say which keys a query sees and what is added to its scores, for all forms of attention
// alike, and turns them into the numbers and buffers that kernels take.
import { checkOptions, type OptionNames } from '@kk/options';
import type { Engine } from '../../core/engine.js';
import { expectSizes } from '../../core/expect.js';
import { formatShape, sameShape } from '../../core/shape.js';
import type { Tensor } from '../../core/tensor.js';
import { expectFloat, expectProbability, expectTensor } from './check.js';

/** Heads, and which keys a query sees: those within reach that no mask hides. A query that sees none has the output 0 and the gradient 0. */
export interface AttentionOptions {
  /** Query heads: runs of headSize columns in each row of queries. */
  heads: number;
  /**
   * Heads of keys and of values, `heads` by default. With fewer, each serves heads / keyValueHeads query heads (grouped queries,
   * Ainslie et al. 2023; with one, multi-query attention, Shazeer 2019). Must divide `heads`.
   */
  keyValueHeads?: number;
  /** True: a query sees no key behind its own position. The queries have the last positions of the keys. Default false. */
  causal?: boolean;
  /** A query sees only keys less than this many positions away, its own included (Beltagy et al. 2020); 0, the default: any. */
  window?: number;
  /** int32 (batch, 2): the keys of a sequence that are real, from the first number on and before the second; the others are filler. From 0 to keyTime; a range whose second number is not above the first holds no key. */
  keyRanges?: Tensor;
  /** int32 (batch, time): for examples packed into one sequence, which one a query belongs to. It sees keys of its own example only. */
  segments?: Tensor;
  /** The same for keys, int32 (batch, keyTime); by default `segments`. */
  keySegments?: Tensor;
  /**
   * int32 (batch): every query sees this many first keys of its sequence in spite of `causal` (a prefix, Raffel et al. 2020), but not
   * beyond a window, filler or another example. From 0 to keyTime.
   */
  prefixLengths?: Tensor;
  /**
   * Numbers that are added to the scores, (1 or batch, 1 or heads, time, keyTime); -Infinity hides a key. It hides further keys, and shows
   * none that the other options hide. No gradient flows to it: a bias that is learned needs attention in plain operations.
   */
  mask?: Tensor;
  /**
   * (heads): head h's scores lose alibiSlopes[h] * distance, the distance between the positions of query and key (ALiBi, Press et
   * al. 2022). Nothing is stored for each pair. No gradient flows to it.
   */
  alibiSlopes?: Tensor;
}

/** `AttentionOptions`, and what training adds. */
export interface TrainingAttentionOptions extends AttentionOptions {
  /**
   * Probability in [0, 1) of dropping a weight, default 0: it becomes 0, the others are divided by 1 - dropout. Which ones depends on
   * `engine.dropoutState`, as for `dropout` of the weights (batch, heads, time, keyTime); they are not stored.
   */
  dropout?: number;
}

const attentionOptions: OptionNames<AttentionOptions> = {
  heads: 'required', keyValueHeads: 'optional', causal: 'flag', window: 'optional', keyRanges: 'optional', segments: 'optional', keySegments: 'optional',
  prefixLengths: 'optional', mask: 'optional', alibiSlopes: 'optional',
};

const trainingOptions: OptionNames<TrainingAttentionOptions> = { ...attentionOptions, dropout: 'optional' };

interface Sizes {
  readonly batch: number;
  readonly time: number;
  readonly keyTime: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
}

function headsOf(operation: string, options: AttentionOptions): { heads: number; keyValueHeads: number } {
  checkOptions(operation, options, operation === 'attention' || operation === 'selfAttention' ? trainingOptions : attentionOptions);
  const { heads, keyValueHeads = heads } = options;
  expectSizes(operation, { heads, keyValueHeads });
  if (heads % keyValueHeads !== 0) {
    throw new RangeError(`${operation}: ${heads} heads cannot share ${keyValueHeads} heads of keys and values: choose a number of keyValueHeads that divides ${heads}.`);
  }
  return { heads, keyValueHeads };
}

export function sizesOf(operation: string, query: Tensor, key: Tensor, value: Tensor, options: AttentionOptions): Sizes {
  expectFloat(operation, query, key, value);
  const { heads, keyValueHeads } = headsOf(operation, options);
  const [batch, time, width] = query.shape as [number, number, number];
  if (query.rank !== 3) throw new RangeError(`${operation}: expected queries of shape (batch, time, width); got ${formatShape(query.shape)}.`);
  if (width % heads !== 0) throw new RangeError(`${operation}: width ${width} cannot be split into ${heads} heads: choose a number of heads that divides it.`);
  const headSize = width / heads;
  const keyTime = key.shape[1]!;
  for (const [name, tensor] of [['keys', key], ['values', value]] as const) {
    if (!sameShape(tensor.shape, [batch, keyTime, keyValueHeads * headSize])) {
      throw new RangeError(
        `${operation}: queries are ${formatShape(query.shape)} with ${heads} heads of ${headSize}, so ${name} must be (${batch}, keyTime, ${keyValueHeads * headSize}) for ${keyValueHeads} heads, with the same keyTime for keys and values; got ${formatShape(tensor.shape)}.`,
      );
    }
  }
  return { batch, time, keyTime, heads, keyValueHeads, headSize };
}

/** Splits the columns of qkv (batch, time, (heads + 2 * keyValueHeads) * headSize). */
export function sideBySide(operation: string, qkv: Tensor, options: AttentionOptions): Sizes {
  expectFloat(operation, qkv);
  const { heads, keyValueHeads } = headsOf(operation, options);
  const [batch, time, columns] = qkv.shape as [number, number, number];
  const inRow = heads + 2 * keyValueHeads;
  if (qkv.rank !== 3 || columns % inRow !== 0) {
    throw new RangeError(
      `${operation}: expected query, key and value side by side, shape (batch, time, (heads + 2 * keyValueHeads) * headSize), so that ${inRow} divides the columns; got ${formatShape(qkv.shape)} with ${heads} heads and ${keyValueHeads} of keys and values.`,
    );
  }
  return { batch, time, keyTime: time, heads, keyValueHeads, headSize: columns / inRow };
}

/** How far a query sees, in positions before and after its own, as kernels want it. */
export function reachOf(operation: string, { time, keyTime }: Sizes, { causal = false, window = 0 }: AttentionOptions): [behind: number, ahead: number] {
  if (!Number.isInteger(window) || window < 0) throw new RangeError(`${operation}: window is ${window}; expected a whole number, 0 for no limit.`);
  const everything = time + keyTime;
  const reach = window === 0 ? everything : Math.min(window - 1, everything);
  return [reach, causal ? 0 : reach];
}

/** The tensors of the options as kernels want them, null where one is absent. */
interface Masks {
  readonly keyRanges: Tensor | null;
  readonly segments: Tensor | null;
  readonly keySegments: Tensor | null;
  /** prefixLengths, mask and alibiSlopes. */
  readonly added: readonly [Tensor | null, Tensor | null, Tensor | null];
  /** The leading axes of the mask. */
  readonly maskSizes: readonly [maskBatch: number, maskHeads: number];
}

export function masksOf(operation: string, { batch, time, keyTime, heads }: Sizes, options: AttentionOptions): Masks {
  const { keyRanges = null, segments = null, keySegments = segments, prefixLengths = null, mask = null, alibiSlopes = null } = options;
  const expected = [['keyRanges', keyRanges, [batch, 2]], ['segments', segments, [batch, time]], ['keySegments', keySegments, [batch, keyTime]], ['prefixLengths', prefixLengths, [batch]]] as const;
  for (const [name, tensor, shape] of expected) {
    if (tensor) expectTensor(operation, tensor);
    if (tensor && tensor.dtype !== 'int32') throw new TypeError(`${operation}: ${name} must be an int32 tensor, made with engine.tensor(numbers, shape, 'int32'); got ${tensor.dtype}.`);
    if (tensor && !sameShape(tensor.shape, shape)) throw new RangeError(`${operation}: ${name} must be ${formatShape(shape)}; got ${formatShape(tensor.shape)}.`);
  }
  for (const [name, counts] of [['keyRanges', keyRanges], ['prefixLengths', prefixLengths]] as const) if (counts) expectCounts(operation, name, counts, keyTime);
  if (!segments && keySegments) throw new TypeError(`${operation}: keySegments say nothing without segments: give both.`);
  const [maskBatch, maskHeads] = mask ? maskSizesOf(operation, mask, { batch, heads, time, keyTime }) : [1, 1];
  if (alibiSlopes) expectFloat(operation, alibiSlopes);
  if (alibiSlopes && !sameShape(alibiSlopes.shape, [heads])) throw new RangeError(`${operation}: alibiSlopes must be (${heads}), one for each head; got ${formatShape(alibiSlopes.shape)}.`);
  return { keyRanges, segments, keySegments, added: [prefixLengths, mask, alibiSlopes], maskSizes: [maskBatch, maskHeads] };
}

/** Numbers of keys lie in [0, keyTime]. */
function expectCounts(operation: string, name: string, counts: Tensor, keyTime: number): void {
  if (!counts.bounds) return;
  counts.engine.capture?.noteLookup(counts, { lowest: 0, limit: keyTime + 1 });
  const { minimum, maximum } = counts.bounds;
  if (minimum < 0 || maximum > keyTime) throw new RangeError(`${operation}: ${name} holds numbers from ${minimum} to ${maximum}; expected 0 to ${keyTime}, for there are ${keyTime} keys.`);
}

function maskSizesOf(operation: string, mask: Tensor, { batch, heads, time, keyTime }: Pick<Sizes, 'batch' | 'heads' | 'time' | 'keyTime'>): [maskBatch: number, maskHeads: number] {
  expectFloat(operation, mask);
  const [maskBatch, maskHeads] = mask.shape as [number, number];
  if (!sameShape(mask.shape, [maskBatch === batch ? batch : 1, maskHeads === heads ? heads : 1, time, keyTime])) {
    throw new RangeError(`${operation}: mask must be (1 or ${batch}, 1 or ${heads}, ${time}, ${keyTime}), which are batch, heads, queries and keys; got ${formatShape(mask.shape)}.`);
  }
  return [maskBatch, maskHeads];
}

/** The state of dropout, null without; and the numbers that kernels take. */
export function dropoutOf(operation: string, engine: Engine, dropout = 0): { dropoutState: Tensor | null; drop: readonly [dropout: number, stream: number] } {
  expectProbability(operation, dropout);
  if (dropout === 0) return { dropoutState: null, drop: [0, 0] };
  return { dropoutState: engine.dropoutState.tensor(), drop: [dropout, engine.dropoutState.nextStream()] };
}
