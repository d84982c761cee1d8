// Computes on rows, that is along the last axis: softmax, log-softmax, layer and root-mean-square normalization. The first two move any other axis to the end.
import type { KernelName } from '../backends/kernels.js';
import { formatShape, resolveAxis, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectEpsilon, expectFloat, expectTensor, rowsAndColumns } from './shared/check.js';
import { permute } from './shape.js';

function rowKernel(forward: KernelName, gradient: KernelName, x: Tensor): Tensor {
  expectFloat(forward, x);
  const { rows, columns } = rowsAndColumns(forward, x);
  const y = x.engine.allocate(x.shape, x.dtype);
  x.engine.run(forward, [x, y], [rows, columns]);
  return record(forward, y, [x], (dy) => {
    const dx = dy.engine.allocate(x.shape, x.dtype);
    dy.engine.run(gradient, [y, dy, dx], [rows, columns]);
    return [dx];
  });
}

/** Runs an operation on the last axis along another one. */
function alongAxis(operation: string, x: Tensor, axis: number, onLast: (x: Tensor) => Tensor): Tensor {
  if (axis === -1) return onLast(x);
  expectTensor(operation, x);
  const at = resolveAxis(axis, x.rank, operation);
  if (at === x.rank - 1) return onLast(x);
  const axes = x.shape.map((_, i) => i);
  [axes[at], axes[x.rank - 1]] = [x.rank - 1, at]; // a swap, which is its own inverse
  return permute(onLast(permute(x, axes)), axes);
}

/** exp(x) / sum(exp(x)) along an axis, by default the last: numbers from 0 to 1 that sum to one. */
export const softmax = (x: Tensor, axis = -1): Tensor => alongAxis('softmax', x, axis, (moved) => rowKernel('softmax', 'softmaxGradient', moved));

/** log(softmax(x)) along an axis, by default the last, computed without underflow. */
export const logSoftmax = (x: Tensor, axis = -1): Tensor => alongAxis('logSoftmax', x, axis, (moved) => rowKernel('logSoftmax', 'logSoftmaxGradient', moved));

/**
 * Layer normalization along the last axis (Ba, Kiros, Hinton 2016): (x - mean) / sqrt(variance + epsilon) * weight + bias.
 * @param x (..., columns)
 * @param weight (columns)
 * @param bias (columns)
 */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  expectFloat('layerNorm', x, weight, bias);
  expectEpsilon('layerNorm', epsilon);
  const { rows, columns } = rowsAndColumns('layerNorm', x);
  if (!sameShape(weight.shape, [columns]) || !sameShape(bias.shape, [columns])) {
    throw new RangeError(`layerNorm: x is ${formatShape(x.shape)}, so weight and bias must be (${columns}); got ${formatShape(weight.shape)} and ${formatShape(bias.shape)}.`);
  }
  const engine = x.engine;
  const y = engine.allocate(x.shape, x.dtype);
  const mean = engine.allocate([rows], x.dtype);
  const inverseDeviation = engine.allocate([rows], x.dtype);
  engine.run('layerNorm', [x, weight, bias, y, mean, inverseDeviation], [rows, columns, epsilon]);
  return record('layerNorm', y, [x, weight, bias], (dy) => {
    let dx: Tensor | null = null;
    if (x.requiresGradient) {
      dx = engine.allocate(x.shape, x.dtype);
      engine.run('layerNormGradient', [x, weight, mean, inverseDeviation, dy, dx], [rows, columns]);
    }
    if (!weight.requiresGradient && !bias.requiresGradient) return [dx, null, null];
    const dWeight = engine.allocate([columns], x.dtype);
    const dBias = engine.allocate([columns], x.dtype);
    engine.run('layerNormParameterGradient', [x, mean, inverseDeviation, dy, dWeight, dBias], [rows, columns]);
    return [dx, dWeight, dBias];
  });
}

/**
 * Root-mean-square normalization along the last axis (Zhang and Sennrich 2019): x / sqrt(mean(x^2) + epsilon) * weight.
 * @param x (..., columns)
 * @param weight (columns)
 * @throws RangeError when the shapes do not fit
 */
export function rmsNorm(x: Tensor, weight: Tensor, epsilon = 1e-6): Tensor {
  expectFloat('rmsNorm', x, weight);
  expectEpsilon('rmsNorm', epsilon);
  const { rows, columns } = rowsAndColumns('rmsNorm', x);
  if (!sameShape(weight.shape, [columns])) {
    throw new RangeError(`rmsNorm: x is ${formatShape(x.shape)}, so weight must be (${columns}); got ${formatShape(weight.shape)}.`);
  }
  const engine = x.engine;
  const y = engine.allocate(x.shape, x.dtype);
  const inverseRms = engine.allocate([rows], x.dtype);
  engine.run('rmsNorm', [x, weight, y, inverseRms], [rows, columns, epsilon]);
  return record('rmsNorm', y, [x, weight], (dy) => {
    const [dx, dWeight] = [x, weight].map((input) => (input.requiresGradient ? engine.allocate(input.shape, input.dtype) : null)) as [Tensor | null, Tensor | null];
    if (dx) engine.run('rmsNormGradient', [x, weight, inverseRms, dy, dx], [rows, columns]);
    if (dWeight) engine.run('rmsNormParameterGradient', [x, inverseRms, dy, dWeight], [rows, columns]);
    return [dx, dWeight];
  });
}
