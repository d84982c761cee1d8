// Checks the inputs of operations.
import { expectNumber, expectTensor } from '../../core/expect.js';
import { formatShape } from '../../core/shape.js';
import type { Tensor } from '../../core/tensor.js';

export { expectNumber, expectTensor };

export function expectFloat(operation: string, ...tensors: Tensor[]): void {
  expectTensor(operation, ...tensors);
  for (const tensor of tensors) {
    if (tensor.dtype === 'int32') throw new TypeError(`${operation} works on floating-point tensors; got int32 of shape ${formatShape(tensor.shape)}.`);
  }
}

/** Ids must be int32 and lie in [0, limit); negative ones are allowed where they mean "ignore". */
export function expectIds(operation: string, ids: Tensor, limit: number, allowNegative = false): void {
  expectTensor(operation, ids);
  if (ids.dtype !== 'int32' || !ids.bounds) throw new TypeError(`${operation} takes ids as an int32 tensor made with engine.tensor(ids, shape, 'int32'); got ${ids.toString()}.`);
  ids.engine.capture?.noteLookup(ids, { lowest: allowNegative ? -Infinity : 0, limit });
  if (ids.size === 0) return;
  const { minimum, maximum } = ids.bounds;
  if (maximum >= limit) throw new RangeError(`${operation}: id ${maximum} is out of range: there are ${limit} rows, so the highest id is ${limit - 1}.`);
  if (minimum < 0 && !allowNegative) throw new RangeError(`${operation}: id ${minimum} is negative: ids run from 0 to ${limit - 1}.`);
}

/** What keeps a division from failing: a finite number of 0 or more. */
export function expectEpsilon(operation: string, epsilon: number): void {
  expectNumber(operation, 'epsilon', epsilon);
  if (!(epsilon >= 0 && epsilon < Infinity)) throw new RangeError(`${operation}: epsilon is ${epsilon}; expected a finite number of 0 or more, such as 1e-5.`);
}

/** @throws RangeError unless it is at least 0 and below 1 */
export function expectProbability(owner: string, probability: number): void {
  expectNumber(owner, 'probability', probability);
  if (!(probability >= 0 && probability < 1)) throw new RangeError(`${owner}: probability ${probability} must be at least 0 and below 1.`);
}

/** The last axis as columns, all others as rows. Throws for a single number. */
export function rowsAndColumns(operation: string, x: Tensor): { rows: number; columns: number } {
  if (x.rank === 0) throw new RangeError(`${operation} works along the last axis; got a single number.`);
  const columns = x.shape[x.rank - 1]!;
  return { rows: columns === 0 ? 0 : x.size / columns, columns };
}
