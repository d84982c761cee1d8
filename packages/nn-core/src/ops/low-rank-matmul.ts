// Multiplies with a matrix to which products of two narrow matrices are added, as LoRA does (Hu et al. 2021, arXiv:2106.09685).
//
// With many rows it is cheaper to add down up to the weight than to send every row through both of them: the sum is computed once, and the
// large products in both directions are as many as without it. A frozen weight gets no gradient; that of down and up is computed from
// products with `rank` columns, never from the gradient of the whole weight.
import { checkOptions, type OptionNames } from '@kk/options';
import { expectList } from '../core/expect.js';
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectNumber, expectTensor } from './shared/check.js';
import { needsPreActivation, throughActivation } from './shared/fused-activation.js';
import { planProduct, product } from './shared/product.js';
import type { MatmulOptions } from './matmul.js';

/** What is added to a weight (inner, columns): scale * down up. */
export interface LowRankUpdate {
  /** (inner, rank) */
  readonly down: Tensor;
  /** (rank, columns) */
  readonly up: Tensor;
  readonly scale: number;
}

type LowRankMatmulOptions = Pick<MatmulOptions, 'bias' | 'activation'>;

const lowRankMatmulOptions: OptionNames<LowRankMatmulOptions> = { bias: 'optional', activation: 'optional' };
const updateNames: OptionNames<LowRankUpdate> = { down: 'required', up: 'required', scale: 'required' };

/**
 * act(a (weight + sum of scale * down up) + bias).
 * @param a (..., rows, inner)
 * @param weight (inner, columns)
 * @param updates none or more; their ranks may differ
 * @returns (..., rows, columns)
 * @throws RangeError when shapes do not fit; TypeError when an option is unknown
 */
export function lowRankMatmul(a: Tensor, weight: Tensor, updates: readonly LowRankUpdate[], options: LowRankMatmulOptions = {}): Tensor {
  checkOptions('lowRankMatmul', options, lowRankMatmulOptions);
  const { bias, activation = 'none' } = options;
  expectFloat('lowRankMatmul', a, weight);
  expectList('lowRankMatmul', 'updates', updates);
  if (bias) expectTensor('lowRankMatmul', bias);
  if (weight.rank !== 2) throw new RangeError(`lowRankMatmul: the weight has shape ${formatShape(weight.shape)}; expected two axes, (inner, columns).`);
  for (const update of updates) checkUpdate(weight, update);
  const p = planProduct(a, weight, false, false);
  const { rows, columns, inner } = p;
  if (bias && !sameShape(bias.shape, [columns])) throw new RangeError(`lowRankMatmul: bias has shape ${formatShape(bias.shape)}; expected (${columns}), one number a column.`);

  const { engine } = a;
  const inputs = [a, weight, ...updates.flatMap(({ down, up }) => [down, up]), ...(bias ? [bias] : [])];
  const isRecorded = engine.isRecording && inputs.some((input) => input.requiresGradient);
  const scaledDowns = updates.map(({ down, scale }) => scaled(down, scale));
  const sum = weightSum(weight, updates, scaledDowns);
  const shape = [...a.shape.slice(0, -1), columns];
  const preActivation = isRecorded && needsPreActivation(activation) ? engine.allocate(shape, a.dtype) : null;
  const y = product(a, sum, shape, p, bias ?? null, activation, preActivation);
  if (!isRecorded) for (const tensor of [...scaledDowns, ...(sum === weight ? [] : [sum])]) tensor.dispose();

  return record('lowRankMatmul', y, inputs, (dy) => {
    const g = throughActivation(activation, preActivation ?? y, dy);
    const gradients: (Tensor | null)[] = [
      a.requiresGradient ? product(g, sum, a.shape, { batch: 1, rows, columns: inner, inner: columns, transposeA: false, transposeB: true }) : null,
      weight.requiresGradient ? product(a, g, weight.shape, { batch: 1, rows: inner, columns, inner: rows, transposeA: true, transposeB: false }) : null,
    ];
    updates.forEach(({ down, up, scale }, i) => {
      const rank = up.shape[0]!;
      gradients.push(down.requiresGradient ? gradientOfDown(a, g, up, scale, { rows, columns, inner, rank }) : null);
      gradients.push(up.requiresGradient ? gradientOfUp(a, g, scaledDowns[i]!, { rows, columns, inner, rank }) : null);
    });
    if (bias) {
      const dBias = bias.requiresGradient ? engine.allocate(bias.shape, bias.dtype) : null;
      if (dBias) engine.run('sum', [g, dBias], [1, rows, columns]);
      gradients.push(dBias);
    }
    if (g !== dy) g.dispose();
    return gradients;
  });
}

/**
 * weight + sum of scale * down up, (inner, columns): what `lowRankMatmul` multiplies with, and what a merged weight is. No gradient.
 * @throws RangeError when shapes do not fit
 */
export function lowRankSum(weight: Tensor, updates: readonly LowRankUpdate[]): Tensor {
  expectFloat('lowRankSum', weight);
  expectList('lowRankSum', 'updates', updates);
  if (weight.rank !== 2) throw new RangeError(`lowRankSum: the weight has shape ${formatShape(weight.shape)}; expected two axes, (inner, columns).`);
  for (const update of updates) checkUpdate(weight, update);
  const scaledDowns = updates.map(({ down, scale }) => scaled(down, scale));
  const sum = weightSum(weight, updates, scaledDowns);
  for (const tensor of scaledDowns) tensor.dispose();
  return sum === weight ? scaled(weight, 1) : sum;
}

function checkUpdate(weight: Tensor, update: LowRankUpdate): void {
  checkOptions('lowRankMatmul: an update', update, updateNames);
  const { down, up, scale } = update;
  expectFloat('lowRankMatmul', down, up);
  expectNumber('lowRankMatmul', 'scale', scale);
  const [inner, columns] = weight.shape as [number, number];
  const rank = down.shape[1];
  if (!sameShape(down.shape, [inner, rank ?? 0]) || !sameShape(up.shape, [rank ?? 0, columns])) {
    throw new RangeError(`lowRankMatmul: the weight is ${formatShape(weight.shape)}, down is ${formatShape(down.shape)} and up is ${formatShape(up.shape)}; expected down (${inner}, rank) and up (rank, ${columns}).`);
  }
}

/** The scale is applied to the smaller of the matrices that can take it. */
function scaled(x: Tensor, factor: number): Tensor {
  const y = x.engine.allocate(x.shape, x.dtype);
  x.engine.run('scale', [x, y], [x.size, factor, 0]);
  return y;
}

/** The weight itself when there are no updates; otherwise a new tensor. */
function weightSum(weight: Tensor, updates: readonly LowRankUpdate[], scaledDowns: readonly Tensor[]): Tensor {
  const [inner, columns] = weight.shape as [number, number];
  let sum = weight;
  updates.forEach(({ up }, i) => {
    const update = product(scaledDowns[i]!, up, weight.shape, { batch: 1, rows: inner, columns, inner: up.shape[0]!, transposeA: false, transposeB: false });
    weight.engine.run('accumulate', [sum, update], [update.size]);
    if (sum !== weight) sum.dispose();
    sum = update;
  });
  return sum;
}

interface Sizes {
  rows: number;
  columns: number;
  inner: number;
  rank: number;
}

/** scale * a^T (g up^T), (inner, rank). */
function gradientOfDown(a: Tensor, g: Tensor, up: Tensor, scale: number, { rows, columns, inner, rank }: Sizes): Tensor {
  const narrow = product(g, up, [rows, rank], { batch: 1, rows, columns: rank, inner: columns, transposeA: false, transposeB: true });
  const unscaled = product(a, narrow, [inner, rank], { batch: 1, rows: inner, columns: rank, inner: rows, transposeA: true, transposeB: false });
  narrow.dispose();
  const gradient = scaled(unscaled, scale);
  unscaled.dispose();
  return gradient;
}

/** (a scaledDown)^T g, (rank, columns). */
function gradientOfUp(a: Tensor, g: Tensor, scaledDown: Tensor, { rows, columns, inner, rank }: Sizes): Tensor {
  const narrow = product(a, scaledDown, [rows, rank], { batch: 1, rows, columns: rank, inner, transposeA: false, transposeB: false });
  const gradient = product(narrow, g, [rank, columns], { batch: 1, rows: rank, columns, inner: rows, transposeA: true, transposeB: false });
  narrow.dispose();
  return gradient;
}
