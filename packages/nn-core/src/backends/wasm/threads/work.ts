// Estimates how much work a kernel is: whether it is worth waking the workers for, and into how many shares it is cut.
import { kernelLengths, kernels, type KernelName, type KernelSignature } from '../../kernels.js';

/**
 * Workers that are awake cost 5 microseconds, in which one thread does 100,000 multiply-adds; waking sleeping ones takes about 50.
 * Eager code that runs one kernel after the other keeps them awake.
 */
export const WORK_FOR_THREADS = 1_500_000;

/** A share of a large kernel: 0.1 ms, a hundred times what drawing a ticket costs. */
const SHARE_WORK = 2_000_000;
/** Nothing smaller is cut. */
const SMALLEST_SHARE_WORK = 100_000;
/** Shares for each thread: with the least, threads of unequal speed still find a balance; more than the most bring nothing. */
const FEWEST_SHARES = 2;
const MOST_SHARES = 32;
/**
 * With up to this many rows, and with one column, a product is bounded by reading a matrix. Where a share is a range of columns, and
 * so a piece of every row that is stored, long pieces are read faster than short ones.
 */
const FEW_ROWS = 8;
const SHARES_OF_READING = 1;

/** Into how many shares `threads` threads should cut a kernel. */
export function sharesOf(kernel: KernelName, numbers: readonly number[], threads: number): number {
  const work = workOf(kernel, numbers);
  const most = isReading(kernel, numbers) ? SHARES_OF_READING : MOST_SHARES;
  const wanted = Math.max(Math.ceil(work / SHARE_WORK), Math.min(FEWEST_SHARES * threads, Math.ceil(work / SMALLEST_SHARE_WORK)));
  return Math.max(1, Math.min(most * threads, wanted));
}

function isReading(kernel: KernelName, numbers: readonly number[]): boolean {
  const [, rows, columns, , transposeA, transposeB] = numbers;
  return kernel === 'matmul' && ((rows <= FEW_ROWS && transposeB === 0) || (columns === 1 && transposeA === 1));
}

/** Multiply-adds that an element of the largest buffer takes, where a kernel's row says nothing. */
const DEFAULT_COST = 4;

/**
 * The time of a weight in the product of one row with a matrix that no cache holds, in multiply-adds of a large product: reading
 * from memory bounds it, as in generating token by token. Of one thread: 0.4 ns for a float, 0.18 ns for an int8, 0.05 ns for a multiply-add.
 */
const READING_FLOAT = 8;
const READING_INT8 = 4;

/** Roughly, the multiply-adds of a kernel with these numbers. Only sizes count, never contents. */
export function workOf(kernel: KernelName, numbers: readonly number[]): number {
  switch (kernel) {
    case 'matmul': {
      const [batch, rows, columns, inner] = numbers;
      return batch * Math.max(rows, READING_FLOAT) * columns * inner;
    }
    case 'conv2d':
    case 'conv2dWeightGradient': {
      const [, , , channels, kernelHeight, kernelWidth] = numbers;
      return kernelLengths(kernel, numbers)[kernel === 'conv2d' ? 3 : 1] * kernelHeight * kernelWidth * channels;
    }
    case 'matmulInt8': {
      const [rows, columns, inner] = numbers;
      return Math.max(rows, READING_INT8) * columns * inner;
    }
    case 'attention':
    case 'attentionGradient':
    case 'attentionWeights': {
      const [batch, time, keyTime, heads, , headSize, behind, ahead] = numbers;
      return batch * time * Math.min(keyTime, behind + ahead + 1) * heads * headSize;
    }
    case 'selfAttention':
    case 'selfAttentionGradient': {
      const [batch, time, heads, , headSize, behind, ahead] = numbers;
      return batch * time * Math.min(time, behind + ahead + 1) * heads * headSize;
    }
    case 'cachedAttention': {
      const [rows, , longest, heads, , headSize, behind] = numbers;
      return 2 * Math.max(rows, READING_FLOAT) * Math.min(longest, behind + 1) * heads * headSize;
    }
    case 'copyRows': {
      const [rows, width] = numbers;
      return DEFAULT_COST * rows * width;
    }
    default:
      return ((kernels[kernel] as KernelSignature).cost ?? DEFAULT_COST) * Math.max(0, ...kernelLengths(kernel, numbers));
  }
}
