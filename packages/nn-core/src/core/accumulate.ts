// Adds one gradient to another, in place where nobody else uses the buffer.
import type { Tensor } from './tensor.js';

/** Returns sum + term and frees what is no longer needed; `term` must not be used afterwards. */
export function accumulateInto(sum: Tensor, term: Tensor): Tensor {
  const engine = sum.engine;
  if (sum.sharedStorage.users === 1) {
    engine.run('accumulate', [term, sum], [sum.size]);
    term.dispose();
    return sum;
  }
  const result = engine.allocate(sum.shape, sum.dtype);
  engine.run('add', [sum, term, result], [sum.size]);
  sum.dispose();
  term.dispose();
  return result;
}
