// Numbers of each token of a batch of answers: their checks, means over what counts, and the estimate of a KL divergence.
import { divide, exp, expectTensor, multiply, scale, subtract, sum, where, type Tensor } from '@kk/nn-core';

/** @throws TypeError when one is no tensor, RangeError unless all are floating-point tensors of the shape (answers, positions) of the mask, or (answers) */
export function checkTokenTensors(owner: string, mask: Tensor, { tokens, rows = {} }: { tokens: Readonly<Record<string, Tensor>>; rows?: Readonly<Record<string, Tensor>> }): void {
  expectTensor(`${owner}: mask`, mask);
  if (mask.rank !== 2 || mask.size === 0 || mask.dtype === 'int32') throw new RangeError(`${owner}: mask is ${mask.toString()}; expected floating-point numbers of the shape (answers, positions), 1 where a token counts, else 0.`);
  const [answers, positions] = mask.shape as [number, number];
  const check = (name: string, tensor: Tensor, shape: readonly number[]): void => {
    expectTensor(`${owner}: ${name}`, tensor);
    if (tensor.dtype !== 'int32' && tensor.shape.join() === shape.join()) return;
    throw new RangeError(`${owner}: ${name} is ${tensor.toString()}; expected floating-point numbers of the shape (${shape.join(', ')}), as the mask has them.`);
  };
  for (const [name, tensor] of Object.entries(tokens)) check(name, tensor, [answers, positions]);
  for (const [name, tensor] of Object.entries(rows)) check(name, tensor, [answers]);
}

/** What counts, and 0 elsewhere, whatever stands there. */
export const counted = (mask: Tensor, x: Tensor): Tensor => where(mask, x, 0);

/** A single number: the mean of x over what counts. */
export const maskedMean = (x: Tensor, mask: Tensor): Tensor => divide(sum(multiply(x, mask)), sum(mask));

/** exp(d) - d - 1, 0 or more, for d = log q - log p: its mean over draws from p is the KL divergence of p from q (Schulman 2020). */
export const k3 = (d: Tensor): Tensor => scale(subtract(exp(d), d), 1, -1);
