// Checks what the losses of preferences are given.
import { expectTensor, type Tensor } from '@kk/nn-core';

/** @throws RangeError unless the number is finite and within its limits */
export function checkNumber(owner: string, name: string, value: number, { above, from, below }: { above?: number; from?: number; below?: number }): void {
  const isIn = Number.isFinite(value) && !(above !== undefined && value <= above) && !(from !== undefined && value < from) && !(below !== undefined && value >= below);
  if (isIn) return;
  const limits = [above !== undefined && `above ${above}`, from !== undefined && `of at least ${from}`, below !== undefined && `below ${below}`].filter((limit) => limit !== false);
  throw new RangeError(`${owner}: ${name} is ${String(value)}; expected a finite number${limits.length > 0 ? ` ${limits.join(' and ')}` : ''}.`);
}

/** @throws RangeError unless each is a whole number of at least `least` */
export function checkWhole(owner: string, values: Readonly<Record<string, number>>, least = 1): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`${owner}: ${name} is ${String(value)}; expected a whole number of at least ${least}.`);
  }
}

/** @throws TypeError when one is no tensor, RangeError unless all are floating-point tensors of the same shape (rows), of at least one row */
export function checkRows(owner: string, tensors: Readonly<Record<string, Tensor>>): void {
  let rows: number | undefined;
  for (const [name, tensor] of Object.entries(tensors)) {
    expectTensor(`${owner}: ${name}`, tensor);
    rows ??= tensor.size;
    if (tensor.rank === 1 && tensor.size === rows && rows > 0 && tensor.dtype !== 'int32') continue;
    throw new RangeError(`${owner}: ${name} is ${tensor.toString()}; expected floating-point numbers of the shape (${rows > 0 ? rows : 'rows'}), one for each row, and at least one row.`);
  }
}

/** @throws RangeError when a name is not among those that are known */
export function checkName(owner: string, option: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new RangeError(`${owner}: ${option} is ${JSON.stringify(value)}; expected ${known.map((name) => `'${name}'`).join(', ')}.`);
}
