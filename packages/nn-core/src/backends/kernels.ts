// Every kernel that a backend must provide, with its buffers, its numbers and its formula: the whole contract.
//
// Buffers are flat, row-major and dense. `inputs` are read, `updates` are read and written, `outputs` are fully
// written (their old contents do not matter). A `?` marks a buffer that may be absent (null). `numbers` are plain
// JavaScript numbers: counts, flags and constants. An output never shares memory with an input, unless the kernel's
// comment says so. Sizes may be zero: then nothing is written. Kernels that only move elements (copy and those under
// "shape") take int32 as well as floating-point buffers.
export interface KernelSignature {
  readonly inputs: readonly string[];
  readonly updates?: readonly string[];
  readonly outputs: readonly string[];
  readonly numbers: readonly string[];
}

const unary = { inputs: ['x'], outputs: ['y'], numbers: ['size'] } as const satisfies KernelSignature;
const binary = { inputs: ['a', 'b'], outputs: ['y'], numbers: ['size'] } as const satisfies KernelSignature;

export const kernels = {
  // ---- elementwise: y and the inputs may be the same buffer
  /** y = value */
  fill: { inputs: [], outputs: ['y'], numbers: ['size', 'value'] },
  /** y = x */
  copy: unary,
  /** y = a + b */
  add: binary,
  /** y = a - b */
  subtract: binary,
  /** y = a * b */
  multiply: binary,
  /** y = a / b */
  divide: binary,
  /** y += x */
  accumulate: { inputs: ['x'], updates: ['y'], outputs: [], numbers: ['size'] },
  /** y = x * factor + offset */
  scale: { inputs: ['x'], outputs: ['y'], numbers: ['size', 'factor', 'offset'] },
  /** y = x * factor[0], the factor being a number on the device */
  scaleBy: { inputs: ['x', 'factor'], outputs: ['y'], numbers: ['size'] },
  exp: unary,
  /** Natural logarithm. */
  log: unary,
  sqrt: unary,
  tanh: unary,
  /** y = 1 / (1 + exp(-x)) */
  sigmoid: unary,
  /** y = max(0, x) */
  relu: unary,
  /** y = x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3))): GPT-2's `gelu_new` (Hendrycks and Gimpel 2016) */
  gelu: unary,
  /** dx = dy * (1 - y^2) */
  tanhGradient: { inputs: ['y', 'dy'], outputs: ['dx'], numbers: ['size'] },
  /** dx = dy * y * (1 - y) */
  sigmoidGradient: { inputs: ['y', 'dy'], outputs: ['dx'], numbers: ['size'] },
  /** dx = dy where x > 0, else 0. x may be the pre-activation or the activation: both have the same sign. */
  reluGradient: { inputs: ['x', 'dy'], outputs: ['dx'], numbers: ['size'] },
  /** dx = dy * gelu'(x) */
  geluGradient: { inputs: ['x', 'dy'], outputs: ['dx'], numbers: ['size'] },
  /**
   * Inverted dropout: y = x / (1 - probability) where a uniform number is >= probability, else 0. The uniform number of
   * element i is word (i mod 4) of Philox4x32-10 with counter (floor(i / 4), stream, state[2], 0) and key (state[0],
   * state[1]), namely (word >>> 8) * 2^-24. `state` is an int32 buffer of length 3: two key words and the step.
   * The gradient is the same kernel applied to dy.
   */
  dropout: { inputs: ['x', 'state'], outputs: ['y'], numbers: ['size', 'probability', 'stream'] },

  // ---- shape: gathers only, so that a GPU can run them
  /**
   * y[i0, .., i5] = x[sum over d of i_d * stride_d]; six dimensions (leading ones of size 1), strides in elements, 0 to repeat.
   * Serves transpose, permute and broadcasting.
   */
  stridedCopy: {
    inputs: ['x'],
    outputs: ['y'],
    numbers: ['size0', 'size1', 'size2', 'size3', 'size4', 'size5', 'stride0', 'stride1', 'stride2', 'stride3', 'stride4', 'stride5'],
  },
  /** y (outer, count, inner) = x (outer, length, inner) [:, start : start + count, :] */
  slice: { inputs: ['x'], outputs: ['y'], numbers: ['outer', 'length', 'inner', 'start', 'count'] },
  /** dx (outer, length, inner) = dy (outer, count, inner) at [start, start + count), 0 elsewhere */
  sliceGradient: { inputs: ['dy'], outputs: ['dx'], numbers: ['outer', 'length', 'inner', 'start', 'count'] },
  /** y (outer, aLength + bLength, inner) = a, then b, along the middle axis */
  concatenate: { inputs: ['a', 'b'], outputs: ['y'], numbers: ['outer', 'aLength', 'bLength', 'inner'] },

  // ---- reductions over the middle axis of x (outer, length, inner); y is (outer, inner)
  sum: { inputs: ['x'], outputs: ['y'], numbers: ['outer', 'length', 'inner'] },
  /** The maximum and, in `index` (int32), the lowest position that holds it. length >= 1; undefined where x holds NaN. */
  maximum: { inputs: ['x'], outputs: ['y', 'index'], numbers: ['outer', 'length', 'inner'] },
  /** dx = dy at the position that held the maximum, else 0 */
  maximumGradient: { inputs: ['index', 'dy'], outputs: ['dx'], numbers: ['outer', 'length', 'inner'] },
  /** total[0] += sum of x^2, summed in double precision */
  addSumOfSquares: { inputs: ['x'], updates: ['total'], outputs: [], numbers: ['size'] },

  // ---- matrix product
  /**
   * For each of `batch` matrices: y (rows, columns) = act(op(a) (rows, inner) x op(b) (inner, columns) + bias (columns)).
   * a is stored (rows, inner), or (inner, rows) with transposeA = 1; b is stored (inner, columns), or (columns, inner) with
   * transposeB = 1. batch matrices follow each other in a, b and y. activation: 0 none, 1 relu, 2 gelu. With an activation
   * and `preActivation` present, the value before the activation is written there too, shape of y.
   */
  matmul: {
    inputs: ['a', 'b', 'bias?'],
    outputs: ['y', 'preActivation?'],
    numbers: ['batch', 'rows', 'columns', 'inner', 'transposeA', 'transposeB', 'activation'],
  },
  /**
   * y (rows, columns) = act(a (rows, inner) x w (inner, columns) + bias (columns)), w[k, j] = scales[j] * byte (j, k) of `packed`:
   * (ceil(columns / 4), ceil(inner / 16), 4, 16) signed bytes from -127 to 127, so that byte (j, k) is at
   * [floor(j / 4), floor(k / 16), j mod 4, k mod 16]; four bytes to an int32, the lowest first. Padding is passed over.
   * inner <= 131,072; activation as in matmul. A backend may round a: in each row, each 2,048 numbers to multiples of their
   * greatest magnitude / 32,767.
   */
  matmulInt8: { inputs: ['a', 'packed', 'scales', 'bias?'], outputs: ['y'], numbers: ['rows', 'columns', 'inner', 'activation'] },

  // ---- rows of a matrix (rows, columns)
  softmax: { inputs: ['x'], outputs: ['y'], numbers: ['rows', 'columns'] },
  /** dx = y * (dy - sum(dy * y)) */
  softmaxGradient: { inputs: ['y', 'dy'], outputs: ['dx'], numbers: ['rows', 'columns'] },
  logSoftmax: { inputs: ['x'], outputs: ['y'], numbers: ['rows', 'columns'] },
  /** dx = dy - exp(y) * sum(dy) */
  logSoftmaxGradient: { inputs: ['y', 'dy'], outputs: ['dx'], numbers: ['rows', 'columns'] },
  /** y = (x - mean) * inverseDeviation * weight + bias; inverseDeviation = 1 / sqrt(variance + epsilon). mean and inverseDeviation: (rows) */
  layerNorm: { inputs: ['x', 'weight', 'bias'], outputs: ['y', 'mean', 'inverseDeviation'], numbers: ['rows', 'columns', 'epsilon'] },
  /** dx; with h = dy * weight and n = (x - mean) * inverseDeviation: inverseDeviation * (h - mean(h) - n * mean(h * n)) */
  layerNormGradient: { inputs: ['x', 'weight', 'mean', 'inverseDeviation', 'dy'], outputs: ['dx'], numbers: ['rows', 'columns'] },
  /** dWeight = sum over rows of dy * n, dBias = sum over rows of dy */
  layerNormParameterGradient: { inputs: ['x', 'mean', 'inverseDeviation', 'dy'], outputs: ['dWeight', 'dBias'], numbers: ['rows', 'columns'] },

  // ---- tables
  /** y (count, width) = table (tableRows, width) [ids]; ids (count), int32, each in [0, tableRows) as the op has checked */
  embedding: { inputs: ['ids', 'table'], outputs: ['y'], numbers: ['count', 'width', 'tableRows'] },
  /** dTable (tableRows, width) = for each row the sum of dy over the places that looked it up, in order of place; 0 for the others */
  embeddingGradient: { inputs: ['ids', 'dy'], outputs: ['dTable'], numbers: ['count', 'width', 'tableRows'] },

  // ---- loss
  /**
   * loss[0] = mean over the rows with target >= 0 of logSumExp(row) - row[target]; 0 when there is none. logSumExp: (rows).
   * count[0] = number of rows with target >= 0. Targets are int32 below `columns`; a negative one is ignored.
   */
  crossEntropy: { inputs: ['logits', 'targets'], outputs: ['loss', 'logSumExp', 'count'], numbers: ['rows', 'columns'] },
  /** dLogits = (exp(logits - logSumExp) - onehot(target)) * dLoss[0] / count[0]; 0 in ignored rows */
  crossEntropyGradient: { inputs: ['logits', 'targets', 'logSumExp', 'count', 'dLoss'], outputs: ['dLogits'], numbers: ['rows', 'columns'] },

  // ---- attention. width = heads * headSize; head h is columns [h * headSize, (h + 1) * headSize) of each third
  /**
   * Causal self-attention (Vaswani et al. 2017). qkv is (batch, time, 3 * width): query, key and value side by side.
   * y (batch, time, width) = softmax(q k^T / sqrt(headSize), keys at or before the query) v.
   * logSumExp (batch, heads, time): of the scaled scores; the gradient recomputes the probabilities from it (Dao et al. 2022).
   */
  causalAttention: { inputs: ['qkv'], outputs: ['y', 'logSumExp'], numbers: ['batch', 'time', 'heads', 'headSize'] },
  causalAttentionGradient: { inputs: ['qkv', 'y', 'logSumExp', 'dy'], outputs: ['dqkv'], numbers: ['batch', 'time', 'heads', 'headSize'] },
  /**
   * The same with a cache, for generation: appends the new keys and values (qkv is (batch, count, 3 * width)) to `keys` and
   * `values` (batch, capacity, width) at position `past`, then each new query attends to all positions up to its own.
   */
  cachedAttention: { inputs: ['qkv'], updates: ['keys', 'values'], outputs: ['y'], numbers: ['batch', 'count', 'past', 'capacity', 'heads', 'headSize'] },

  // ---- optimizers. `settings` is a small float buffer so that a captured step can be given new values
  /** factor[0] = min(1, maxNorm / (sqrt(total[0]) + 1e-6)): clipping by the global norm (Pascanu et al. 2013, as in PyTorch) */
  clipFactor: { inputs: ['total'], outputs: ['factor'], numbers: ['maxNorm'] },
  /**
   * AdamW (Loshchilov and Hutter 2019). settings = [learningRate, beta1, beta2, epsilon, weightDecay, 1 - beta1^t, 1 - beta2^t].
   * g = gradient * gradientFactor[0] (1 when absent); parameter *= 1 - learningRate * weightDecay when decay = 1;
   * m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; parameter -= learningRate / settings[5] * m / (sqrt(v / settings[6]) + epsilon)
   */
  adamW: {
    inputs: ['gradient', 'gradientFactor?', 'settings'],
    updates: ['parameter', 'firstMoment', 'secondMoment'],
    outputs: [],
    numbers: ['size', 'decay'],
  },
  /** Stochastic gradient descent. settings = [learningRate, momentum, weightDecay]. g = gradient * gradientFactor[0] + weightDecay * parameter (decay = 1); velocity = momentum * velocity + g; parameter -= learningRate * velocity */
  sgd: { inputs: ['gradient', 'gradientFactor?', 'settings'], updates: ['parameter', 'velocity'], outputs: [], numbers: ['size', 'decay'] },
} as const satisfies Record<string, KernelSignature>;

export type KernelName = keyof typeof kernels;

/** A kernel's signature with the optional parts filled in. */
export function kernelSignature(name: KernelName): Required<KernelSignature> {
  const signature: KernelSignature = kernels[name];
  return { updates: [], ...signature };
}
