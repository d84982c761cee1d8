// Lists every kernel that a backend must provide, with its buffers, its numbers, its sizes and its formula: the whole contract.
// The rows of attention stand in a file of their own, `kernels-attention.ts`.
//
// Whatever else is known of a kernel (which buffers hold integers, how long they are, what may be done in place) follows
// from its row here; nothing has a second list.
//
// Letters. `x` is an input and `y` the output; `a` and `b` are two inputs. `dy` is the gradient of the loss by y, `dx` by x,
// and so on: a `d` in front always means that. `size` counts all elements. A matrix is (rows, columns); a product also has
// `inner`, the axis that it sums over, and `batch`, how many matrices there are. Where one axis in the middle is worked on,
// a tensor is (outer, length, inner): what is before the axis, the axis, what is behind it. `count` is how many ids, rows or
// positions there are. Shapes are row-major: the last axis is the fastest.
//
// Rows. Buffers are flat and dense. `inputs` are read, `updates` are read and written, `outputs` are fully written (their
// old contents do not matter). Buffers hold floating-point numbers unless `: int32` follows the name, or `: any` where a
// kernel only moves elements and takes both; a `?` marks one that may be absent (null). `numbers` are plain JavaScript
// numbers: counts and flags, whole and not negative, or constants, which `: float` marks. An output never shares memory with
// another buffer, unless the kernel is `elementwise`. Sizes may be zero: then nothing is written.
//
// Ids. Some kernels use int32 numbers as places: `ids`, `targets`, `positions`, `index`. No other memory than the buffers is ever read or
// written, whatever they hold. What would be computed from an id out of range is NaN, so that the mistake is seen; what would
// be added or put at its place is left out.
//
// NaN and infinities. On cpu and wasm a formula gives what it says: gelu(-Infinity) is -Infinity * 0, NaN, as in PyTorch. On a
// gpu nothing is promised, because shading languages may assume that there are neither.
import { attentionKernels } from './kernels-attention.js';
import { imageKernels, isActivation } from './kernels-images.js';

/** One row of the contract. */
export interface KernelSignature {
  readonly inputs: readonly string[];
  readonly updates?: readonly string[];
  readonly outputs: readonly string[];
  readonly numbers: readonly string[];
  /** Elements that each buffer must have at least, in the order inputs, updates, outputs. */
  readonly lengths: (...numbers: number[]) => readonly number[];
  /** Each element is computed from those at its own place, so an output may be the same buffer as an input. */
  readonly elementwise?: true;
  /** What must hold of the numbers besides: true, or what is wrong. */
  readonly requires?: (...numbers: number[]) => true | string;
  /** Roughly, the multiply-adds for each element of the largest buffer; default 4. Decides whether threads are worth waking. */
  readonly cost?: number;
}

const unary = { inputs: ['x'], outputs: ['y'], numbers: ['size'], lengths: (size) => [size, size], elementwise: true } as const satisfies KernelSignature;
const binary = { inputs: ['a', 'b'], outputs: ['y'], numbers: ['size'], lengths: (size) => [size, size, size], elementwise: true } as const satisfies KernelSignature;
/** A gradient that is computed from the output, or from the input. */
const fromOutput = { ...binary, inputs: ['y', 'dy'], outputs: ['dx'] } as const satisfies KernelSignature;
const fromInput = { ...binary, inputs: ['x', 'dy'], outputs: ['dx'] } as const satisfies KernelSignature;

/** One element more than the farthest place that the strides reach; 0 when there is no place at all. */
function reach(sizes: readonly number[], strides: readonly number[]): number {
  if (sizes.includes(0)) return 0;
  return sizes.reduce((farthest, size, d) => farthest + (size - 1) * strides[d]!, 1);
}
const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

const fits = (_outer: number, length: number, _inner: number, start: number, count: number): true | string => start + count <= length || 'start + count must not exceed length';

export const kernels = {
  // ---- elementwise: y and the inputs may be the same buffer
  /** y = value */
  fill: { inputs: [], outputs: ['y'], numbers: ['size', 'value: float'], lengths: (size) => [size], elementwise: true },
  /** y = x */
  copy: { ...unary, inputs: ['x: any'], outputs: ['y: any'] },
  /** y = a + b */
  add: binary,
  /** y = a - b */
  subtract: binary,
  /** y = a * b */
  multiply: binary,
  /** y = a / b */
  divide: binary,
  /** y += x */
  accumulate: { inputs: ['x'], updates: ['y'], outputs: [], numbers: ['size'], lengths: (size) => [size, size], elementwise: true },
  /** y = x * factor + offset */
  scale: { inputs: ['x'], outputs: ['y'], numbers: ['size', 'factor: float', 'offset: float'], lengths: (size) => [size, size], elementwise: true },
  /** y = x * factor[0], the factor being a number on the device */
  scaleBy: { inputs: ['x', 'factor'], outputs: ['y'], numbers: ['size'], lengths: (size) => [size, 1, size], elementwise: true },
  /** y = a^b; NaN where a is negative and b not whole, 1 where b is 0, a is 1, or a is -1 and b infinite */
  power: { ...binary, cost: 64 },
  abs: unary,
  /** dx = dy * sign(x), 0 where x is 0 or NaN */
  absGradient: fromInput,
  /** y = the greater of a and b; NaN where one of them is NaN */
  maximum: binary,
  /** y = the smaller of a and b; NaN where one of them is NaN */
  minimum: binary,
  /** y = 1 where a = b, else 0 */
  equal: binary,
  /** y = 1 where a > b, else 0 */
  greater: binary,
  /** y = 1 where a >= b, else 0 */
  greaterOrEqual: binary,
  /** y = a where the condition is not 0, else b */
  where: { inputs: ['condition', 'a', 'b'], outputs: ['y'], numbers: ['size'], lengths: (size) => [size, size, size, size], elementwise: true },
  /** y = min(max(x, minimum), maximum); NaN stays NaN */
  clip: { ...unary, numbers: ['size', 'minimum: float', 'maximum: float'] },
  /** dx = dy where minimum <= x <= maximum, else 0 */
  clipGradient: { ...fromInput, numbers: ['size', 'minimum: float', 'maximum: float'] },
  exp: { ...unary, cost: 16 },
  /** Natural logarithm. */
  log: unary,
  sqrt: unary,
  tanh: { ...unary, cost: 24 },
  /** y = 1 / (1 + exp(-x)) */
  sigmoid: unary,
  /** y = max(0, x) */
  relu: unary,
  /** y = x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3))): GPT-2's `gelu_new` (Hendrycks and Gimpel 2016) */
  gelu: { ...unary, cost: 24 },
  /** y = x * P(X <= x), X normal: x/2 * (1 + erf(x / sqrt(2))), what PyTorch calls `gelu` (Hendrycks and Gimpel 2016) */
  geluErf: { ...unary, cost: 24 },
  /** y = x / (1 + exp(-x)) (Elfwing et al. 2017) */
  silu: { ...unary, cost: 20 },
  /** y = silu(gate) * value (Shazeer 2020) */
  swiglu: { ...binary, inputs: ['gate', 'value'], cost: 20 },
  /** dx = dy * (1 - y^2) */
  tanhGradient: fromOutput,
  /** dx = dy * y * (1 - y) */
  sigmoidGradient: fromOutput,
  /** dx = dy where x > 0, else 0. x may be the pre-activation or the activation: both have the same sign. */
  reluGradient: fromInput,
  /** dx = dy * gelu'(x) */
  geluGradient: { ...fromInput, cost: 24 },
  /** dx = dy * geluErf'(x) */
  geluErfGradient: { ...fromInput, cost: 24 },
  /** dx = dy * s * (1 + x (1 - s)) with s = 1 / (1 + exp(-x)) */
  siluGradient: { ...fromInput, cost: 24 },
  /** dGate = dy * value * silu'(gate); dValue = dy * silu(gate) */
  swigluGradient: { inputs: ['gate', 'value', 'dy'], outputs: ['dGate', 'dValue'], numbers: ['size'], lengths: (size) => [size, size, size, size, size], cost: 28 },
  /**
   * Inverted dropout: y = x / (1 - probability) where a uniform number is >= probability, else 0. The uniform number of
   * element i is word (i mod 4) of Philox4x32-10 with counter (floor(i / 4), stream, state[2], 0) and key (state[0],
   * state[1]), namely (word >>> 8) * 2^-24. `state` is an int32 buffer of length 3: two key words and the step.
   * The gradient is the same kernel applied to dy.
   */
  dropout: { inputs: ['x', 'state: int32'], outputs: ['y'], numbers: ['size', 'probability: float', 'stream'], lengths: (size) => [size, 3, size], elementwise: true },

  // ---- shape: gathers only, so that a GPU can run them
  /**
   * y[i0, .., i5] = x[sum over d of i_d * stride_d]; six dimensions (leading ones of size 1), strides in elements, 0 to repeat.
   * Serves transpose, permute and broadcasting.
   */
  stridedCopy: {
    inputs: ['x: any'],
    outputs: ['y: any'],
    numbers: ['size0', 'size1', 'size2', 'size3', 'size4', 'size5', 'stride0', 'stride1', 'stride2', 'stride3', 'stride4', 'stride5'],
    lengths: (...n) => [reach(n.slice(0, 6), n.slice(6)), product(n.slice(0, 6))],
  },
  /** y (outer, count, inner) = x (outer, length, inner) [:, start : start + count, :] */
  slice: {
    inputs: ['x: any'], outputs: ['y: any'], numbers: ['outer', 'length', 'inner', 'start', 'count'],
    lengths: (outer, length, inner, _start, count) => [outer * length * inner, outer * count * inner],
    requires: fits,
  },
  /** dx (outer, length, inner) = dy (outer, count, inner) at [start, start + count), 0 elsewhere */
  sliceGradient: {
    inputs: ['dy: any'], outputs: ['dx: any'], numbers: ['outer', 'length', 'inner', 'start', 'count'],
    lengths: (outer, length, inner, _start, count) => [outer * count * inner, outer * length * inner],
    requires: fits,
  },
  /**
   * Overwrites rows: to (toRows, width) [toRow : toRow + rows] = the columns from `fromColumn` on of from (fromRows, fromColumns) [fromRow :
   * fromRow + rows].
   */
  copyRows: {
    inputs: ['from'], updates: ['to'], outputs: [], numbers: ['rows', 'width', 'fromRows', 'fromColumns', 'fromRow', 'fromColumn', 'toRows', 'toRow'],
    lengths: (_rows, width, fromRows, fromColumns, _fromRow, _fromColumn, toRows) => [fromRows * fromColumns, toRows * width],
    requires: (rows, width, fromRows, fromColumns, fromRow, fromColumn, toRows, toRow) =>
      (fromRow + rows <= fromRows && fromColumn + width <= fromColumns && toRow + rows <= toRows) || 'the rows must lie inside both buffers',
  },
  /** y (outer, aLength + bLength, inner) = a, then b, along the middle axis */
  concatenate: {
    inputs: ['a: any', 'b: any'], outputs: ['y: any'], numbers: ['outer', 'aLength', 'bLength', 'inner'],
    lengths: (outer, aLength, bLength, inner) => [outer * aLength * inner, outer * bLength * inner, outer * (aLength + bLength) * inner],
  },

  // ---- reductions over the middle axis of x (outer, length, inner); y is (outer, inner)
  sum: { inputs: ['x'], outputs: ['y'], numbers: ['outer', 'length', 'inner'], lengths: (outer, length, inner) => [outer * length * inner, outer * inner] },
  /** The greatest number, NaN where there is one, and in `index` (int32) the lowest position that holds it. length >= 1; on gpu undefined where x holds NaN. */
  max: {
    inputs: ['x'], outputs: ['y', 'index: int32'], numbers: ['outer', 'length', 'inner'],
    lengths: (outer, length, inner) => [outer * length * inner, outer * inner, outer * inner],
    requires: (_outer, length) => length >= 1 || 'length must be 1 or more',
  },
  /** dx = dy at the position that held the greatest number, else 0 */
  maxGradient: {
    inputs: ['index: int32', 'dy'], outputs: ['dx'], numbers: ['outer', 'length', 'inner'],
    lengths: (outer, length, inner) => [outer * inner, outer * inner, outer * length * inner],
  },
  /** total[0] += sum of x^2, summed in double precision */
  addSumOfSquares: { inputs: ['x'], updates: ['total'], outputs: [], numbers: ['size'], lengths: (size) => [size, 1] },

  // ---- matrix product
  /**
   * For each of `batch` matrices: y (rows, columns) = act(op(a) (rows, inner) x op(b) (inner, columns) + bias (columns)).
   * a is stored (rows, inner), or (inner, rows) with transposeA = 1; b is stored (inner, columns), or (columns, inner) with
   * transposeB = 1. batch matrices follow each other in a, b and y. activation: 0 none, 1 relu, 2 gelu, 3 geluErf, 4 silu.
   * With an activation and `preActivation` present, the value before the activation is written there too, shape of y.
   */
  matmul: {
    inputs: ['a', 'b', 'bias?'],
    outputs: ['y', 'preActivation?'],
    numbers: ['batch', 'rows', 'columns', 'inner', 'transposeA', 'transposeB', 'activation'],
    lengths: (batch, rows, columns, inner) => [batch * rows * inner, batch * inner * columns, columns, batch * rows * columns, batch * rows * columns],
    requires: (_batch, _rows, _columns, _inner, _a, _b, activation) => isActivation(activation),
  },
  /**
   * y (rows, columns) = act(a (rows, inner) x w (inner, columns) + bias (columns)), w[k, j] = scales[j] * byte (j, k) of `packed`:
   * (ceil(columns / 4), ceil(inner / 16), 4, 16) signed bytes from -127 to 127, so that byte (j, k) is at
   * [floor(j / 4), floor(k / 16), j mod 4, k mod 16]; four bytes to an int32, the lowest first. Padding is passed over.
   * inner <= 131,072; activation as in matmul. A backend may round a: in each row, each 2,048 numbers to multiples of their
   * greatest magnitude / 32,767.
   */
  matmulInt8: {
    inputs: ['a', 'packed: int32', 'scales', 'bias?'], outputs: ['y'], numbers: ['rows', 'columns', 'inner', 'activation'],
    lengths: (rows, columns, inner) => [rows * inner, Math.ceil(columns / 4) * Math.ceil(inner / 16) * 16, columns, columns, rows * columns],
    requires: (_rows, _columns, _inner, activation) => isActivation(activation),
  },

  // ---- rows of a matrix (rows, columns)
  softmax: { inputs: ['x'], outputs: ['y'], numbers: ['rows', 'columns'], lengths: (rows, columns) => [rows * columns, rows * columns], cost: 24 },
  /** dx = y * (dy - sum(dy * y)) */
  softmaxGradient: {
    inputs: ['y', 'dy'], outputs: ['dx'], numbers: ['rows', 'columns'],
    lengths: (rows, columns) => [rows * columns, rows * columns, rows * columns],
    cost: 8,
  },
  logSoftmax: { inputs: ['x'], outputs: ['y'], numbers: ['rows', 'columns'], lengths: (rows, columns) => [rows * columns, rows * columns], cost: 8 },
  /** dx = dy - exp(y) * sum(dy) */
  logSoftmaxGradient: {
    inputs: ['y', 'dy'], outputs: ['dx'], numbers: ['rows', 'columns'],
    lengths: (rows, columns) => [rows * columns, rows * columns, rows * columns],
    cost: 8,
  },
  /** y = (x - mean) * inverseDeviation * weight + bias; inverseDeviation = 1 / sqrt(variance + epsilon). mean and inverseDeviation: (rows) */
  layerNorm: {
    inputs: ['x', 'weight', 'bias'], outputs: ['y', 'mean', 'inverseDeviation'], numbers: ['rows', 'columns', 'epsilon: float'],
    lengths: (rows, columns) => [rows * columns, columns, columns, rows * columns, rows, rows],
    cost: 8,
  },
  /** dx; with h = dy * weight and n = (x - mean) * inverseDeviation: inverseDeviation * (h - mean(h) - n * mean(h * n)) */
  layerNormGradient: {
    inputs: ['x', 'weight', 'mean', 'inverseDeviation', 'dy'], outputs: ['dx'], numbers: ['rows', 'columns'],
    lengths: (rows, columns) => [rows * columns, columns, rows, rows, rows * columns, rows * columns],
    cost: 8,
  },
  /** dWeight = sum over rows of dy * n, dBias = sum over rows of dy */
  layerNormParameterGradient: {
    inputs: ['x', 'mean', 'inverseDeviation', 'dy'], outputs: ['dWeight', 'dBias'], numbers: ['rows', 'columns'],
    lengths: (rows, columns) => [rows * columns, rows, rows, rows * columns, columns, columns],
    cost: 8,
  },
  /** y = x * inverseRms * weight; inverseRms (rows) = 1 / sqrt(mean(x^2) + epsilon) (Zhang and Sennrich 2019) */
  rmsNorm: {
    inputs: ['x', 'weight'], outputs: ['y', 'inverseRms'], numbers: ['rows', 'columns', 'epsilon: float'],
    lengths: (rows, columns) => [rows * columns, columns, rows * columns, rows],
    cost: 8,
  },
  /** dx; with h = dy * weight and n = x * inverseRms: inverseRms * (h - n * mean(h * n)) */
  rmsNormGradient: {
    inputs: ['x', 'weight', 'inverseRms', 'dy'], outputs: ['dx'], numbers: ['rows', 'columns'],
    lengths: (rows, columns) => [rows * columns, columns, rows, rows * columns, rows * columns],
    cost: 8,
  },
  /** dWeight = sum over rows of dy * n */
  rmsNormParameterGradient: {
    inputs: ['x', 'inverseRms', 'dy'], outputs: ['dWeight'], numbers: ['rows', 'columns'],
    lengths: (rows, columns) => [rows * columns, rows, rows * columns, columns],
    cost: 8,
  },

  // ---- tables
  /** y (count, width) = table (tableRows, width) [ids]; ids (count), each in [0, tableRows), else the row of y is NaN */
  embedding: {
    inputs: ['ids: int32', 'table'], outputs: ['y'], numbers: ['count', 'width', 'tableRows'],
    lengths: (count, width, tableRows) => [count, tableRows * width, count * width],
    cost: 8,
  },
  /** dTable (tableRows, width) = for each row the sum of dy over the places that looked it up, in order of place; 0 for the others */
  embeddingGradient: {
    inputs: ['ids: int32', 'dy'], outputs: ['dTable'], numbers: ['count', 'width', 'tableRows'],
    lengths: (count, width, tableRows) => [count, count * width, tableRows * width],
    cost: 8,
  },

  /** y (outer, count, inner) [o, j, i] = x (outer, length, inner) [o, index[o, j, i], i], index (outer, count, inner) */
  gather: {
    inputs: ['x', 'index: int32'], outputs: ['y'], numbers: ['outer', 'length', 'inner', 'count'],
    lengths: (outer, length, inner, count) => [outer * length * inner, outer * count * inner, outer * count * inner],
  },
  /** dx [o, l, i] = the sum of dy [o, j, i] over the places j with index [o, j, i] = l, in order of place */
  gatherGradient: {
    inputs: ['index: int32', 'dy'], outputs: ['dx'], numbers: ['outer', 'length', 'inner', 'count'],
    lengths: (outer, length, inner, count) => [outer * count * inner, outer * count * inner, outer * length * inner],
  },

  // ---- loss
  /**
   * losses = log(sum) + maximum - row[target] for each row, in nats, where sum = sum of exp(row - maximum); 0 where the target is
   * negative: such a row is ignored. A target of `columns` or more gives NaN. The gradient needs maximum and sum; they are kept
   * apart because one float32 for both has too few digits where the maximum is large. Everything but logits is (rows).
   */
  crossEntropy: {
    inputs: ['logits', 'targets: int32'], outputs: ['losses', 'maximum', 'sum'], numbers: ['rows', 'columns'],
    lengths: (rows, columns) => [rows * columns, rows, rows, rows, rows],
    cost: 24,
  },
  /**
   * dLogits = (exp(logits - maximum) / sum - onehot(target)) * dLosses[row * stride] * weight[0] (1 when absent); 0 in ignored rows,
   * NaN where the target is too large. stride: 1, or 0 where one number stands for the gradients of all rows, as after a mean.
   */
  crossEntropyGradient: {
    inputs: ['logits', 'targets: int32', 'maximum', 'sum', 'dLosses', 'weight?'], outputs: ['dLogits'], numbers: ['rows', 'columns', 'stride'],
    lengths: (rows, columns, stride) => [rows * columns, rows, rows, rows, reach([rows], [stride]), 1, rows * columns],
    cost: 8,
  },
  /**
   * weight[0] = 1 / total[0], total being the number of targets that are not negative where it is absent; 0 where total is 0.
   * mean[0] = weight * the sum of losses. losses and targets: (size)
   */
  meanOverTargets: { inputs: ['losses', 'targets: int32', 'total?'], outputs: ['mean', 'weight'], numbers: ['size'], lengths: (size) => [size, size, 1, 1, 1] },
  /** count[0] = how many of the targets (size) are not negative */
  countTargets: { inputs: ['targets: int32'], outputs: ['count'], numbers: ['size'], lengths: (size) => [size, 1] },

  /** y = max(x, 0) - x * target + log(1 + exp(-|x|)): -log of the probability that sigmoid(x) gives to the target, from 0 to 1 */
  binaryCrossEntropy: { ...binary, inputs: ['x', 'target'], cost: 32 },

  // ---- attention
  ...attentionKernels,

  // ---- images
  ...imageKernels,

  // ---- optimizers. `settings` is a small float buffer so that a captured step can be given new values
  /**
   * factor[0] = min(1, maxNorm / (sqrt(total[0]) + 1e-6)): clipping by the global norm (Pascanu et al. 2013, as in PyTorch).
   * -1 when total[0] or loss[0] is not finite, or loss[0] > maxLoss. maxNorm and maxLoss are finite and above 0.
   */
  clipFactor: { inputs: ['total', 'loss?'], outputs: ['factor'], numbers: ['maxNorm: float', 'maxLoss: float'], lengths: () => [1, 1, 1] },
  /**
   * AdamW (Loshchilov and Hutter 2019). settings = [learningRate, beta1, beta2, epsilon, weightDecay, 1 - beta1^t, 1 - beta2^t,
   * 1 - beta1, 1 - beta2]; the differences are given, because in float32 they would lose digits.
   * g = gradient * gradientFactor[0] (1 when absent); parameter *= 1 - learningRate * weightDecay when decay = 1;
   * m = beta1 m + settings[7] g; v = beta2 v + settings[8] g^2; parameter -= learningRate / settings[5] * m / (sqrt(v / settings[6]) + epsilon).
   * Nothing changes when gradientFactor[0] < 0.
   */
  adamW: {
    inputs: ['gradient', 'gradientFactor?', 'settings'],
    updates: ['parameter', 'firstMoment', 'secondMoment'],
    outputs: [],
    numbers: ['size', 'decay'],
    lengths: (size) => [size, 1, 9, size, size, size],
  },
  /** Stochastic gradient descent. settings = [learningRate, momentum, weightDecay]. g = gradient * gradientFactor[0] + weightDecay * parameter (decay = 1); velocity = momentum * velocity + g; parameter -= learningRate * velocity. Nothing changes when gradientFactor[0] < 0. */
  sgd: {
    inputs: ['gradient', 'gradientFactor?', 'settings'], updates: ['parameter', 'velocity'], outputs: [], numbers: ['size', 'decay'],
    lengths: (size) => [size, 1, 3, size, size],
  },
} as const satisfies Record<string, KernelSignature>;

export type KernelName = keyof typeof kernels;

/** A buffer of a kernel, as its row spells it. */
export interface KernelBuffer {
  readonly name: string;
  readonly role: 'input' | 'update' | 'output';
  /** `any`: floating-point or int32, the same in all buffers of the kernel. */
  readonly type: 'float' | 'int32' | 'any';
  /** Whether null may stand for it. */
  readonly optional: boolean;
}

const known = new Map<KernelName, readonly KernelBuffer[]>();

/** The buffers of a kernel in the order in which they are given to it: inputs, updates, outputs. */
export function kernelBuffers(kernel: KernelName): readonly KernelBuffer[] {
  let buffers = known.get(kernel);
  if (!buffers) {
    const { inputs, updates = [], outputs }: KernelSignature = kernels[kernel];
    const read = (role: KernelBuffer['role']) => (spelled: string): KernelBuffer => {
      const [name, type = 'float'] = spelled.split(': ') as [string, KernelBuffer['type']?];
      return { name: name.replace('?', ''), role, type, optional: name.endsWith('?') };
    };
    known.set(kernel, (buffers = [...inputs.map(read('input')), ...updates.map(read('update')), ...outputs.map(read('output'))]));
  }
  return buffers;
}

/** Elements that each buffer of a kernel must have at least, with these numbers. */
export function kernelLengths(kernel: KernelName, numbers: readonly number[]): readonly number[] {
  return (kernels[kernel] as KernelSignature).lengths(...numbers);
}
