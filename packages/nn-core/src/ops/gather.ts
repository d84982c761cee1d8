// Picks elements along an axis, each by an index of its own.
import { aroundAxis, formatShape, resolveAxis } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectIds, expectTensor } from './shared/check.js';

/**
 * As PyTorch's `gather`; for an x of three axes and axis 1: y[o, j, i] = x[o, index[o, j, i], i].
 * @param index int32; as many axes as x, of the same sizes except along `axis`; each in [0, size of that axis)
 * @returns the shape of index; its gradient adds up where an index names an element more than once
 * @throws RangeError when shapes do not fit or an index is out of range
 */
export function gather(x: Tensor, axis: number, index: Tensor): Tensor {
  expectFloat('gather', x);
  expectTensor('gather', index);
  const at = resolveAxis(axis, x.rank, 'gather');
  if (index.rank !== x.rank || index.shape.some((size, i) => i !== at && size !== x.shape[i])) {
    throw new RangeError(`gather: x is ${formatShape(x.shape)}, so index must have the same sizes except along axis ${at}; got ${formatShape(index.shape)}.`);
  }
  const { outer, length, inner } = aroundAxis(x.shape, at);
  expectIds('gather', index, length);
  const numbers = [outer, length, inner, index.shape[at]!];
  const y = x.engine.allocate(index.shape, x.dtype);
  x.engine.run('gather', [x, index, y], numbers);
  return record('gather', y, [x], (dy) => {
    const dx = dy.engine.allocate(x.shape, x.dtype);
    dy.engine.run('gatherGradient', [index, dy, dx], numbers);
    return [dx];
  });
}
