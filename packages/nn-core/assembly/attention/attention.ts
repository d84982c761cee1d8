// The attention kernels of the contract: they find the heads in their buffers and give each to the function that computes it.
// Work is divided by heads of the batch, so that no sum is divided.
import { firstUnit } from '../share';
import { attendOne } from './decode';
import { attendHead } from './forward';
import { attendHeadGradient } from './gradient';
import { ATTENTION_SCRATCH, MAX_HEAD_SIZE } from './layout';
import { attendHeadGradientNaive, attendHeadNaive } from './naive';

/** Fewer new queries than this are answered one by one: packing all keys for them would not pay. Measured. */
const FEW_QUERIES: i32 = 6;

/** Scratch memory that the attention kernels want, whatever the sizes: 2 MiB. */
export function attentionScratchBytes(): i32 {
  return ATTENTION_SCRATCH;
}

/** y (batch, time, width) and logSumExp (batch, heads, time) from qkv (batch, time, 3 * width). */
export function causalAttention(
  qkv: usize, y: usize, logSumExp: usize, batch: i32, time: i32, heads: i32, headSize: i32, part: i32, parts: i32,
): void {
  forwardHeads(headSize > MAX_HEAD_SIZE, qkv, y, logSumExp, batch, time, heads, headSize, part, parts);
}

/** The same, as the formulas say. */
export function causalAttentionNaive(
  qkv: usize, y: usize, logSumExp: usize, batch: i32, time: i32, heads: i32, headSize: i32, part: i32, parts: i32,
): void {
  forwardHeads(true, qkv, y, logSumExp, batch, time, heads, headSize, part, parts);
}

function forwardHeads(
  naive: bool, qkv: usize, y: usize, logSumExp: usize, batch: i32, time: i32, heads: i32, headSize: i32, part: i32, parts: i32,
): void {
  if (headSize <= 0) return;
  const width = usize(heads * headSize) << 2;
  const stride = width * 3;
  const end = firstUnit(batch * heads, part + 1, parts);
  for (let unit = firstUnit(batch * heads, part, parts); unit < end; unit++) {
    const first = usize(unit / heads) * usize(time);
    const column = usize((unit % heads) * headSize) << 2;
    const q = qkv + first * stride + column;
    const output = y + first * width + column;
    const sums = logSumExp + (usize(unit) * usize(time) << 2);
    if (naive) attendHeadNaive(q, stride, q + width, q + width * 2, stride, output, width, sums, time, 0, headSize);
    else attendHead(q, stride, q + width, q + width * 2, stride, output, width, sums, time, 0, headSize);
  }
}

/** dqkv (batch, time, 3 * width) from qkv, y and dy (batch, time, width) and logSumExp (batch, heads, time). */
export function causalAttentionGradient(
  qkv: usize, y: usize, logSumExp: usize, dy: usize, dqkv: usize, batch: i32, time: i32, heads: i32, headSize: i32, part: i32, parts: i32,
): void {
  gradientHeads(headSize > MAX_HEAD_SIZE, qkv, y, logSumExp, dy, dqkv, batch, time, heads, headSize, part, parts);
}

/** The same, as the formulas say. */
export function causalAttentionGradientNaive(
  qkv: usize, y: usize, logSumExp: usize, dy: usize, dqkv: usize, batch: i32, time: i32, heads: i32, headSize: i32, part: i32, parts: i32,
): void {
  gradientHeads(true, qkv, y, logSumExp, dy, dqkv, batch, time, heads, headSize, part, parts);
}

function gradientHeads(
  naive: bool, qkv: usize, y: usize, logSumExp: usize, dy: usize, dqkv: usize,
  batch: i32, time: i32, heads: i32, headSize: i32, part: i32, parts: i32,
): void {
  if (headSize <= 0) return;
  const width = usize(heads * headSize) << 2;
  const stride = width * 3;
  const end = firstUnit(batch * heads, part + 1, parts);
  for (let unit = firstUnit(batch * heads, part, parts); unit < end; unit++) {
    const first = usize(unit / heads) * usize(time);
    const column = usize((unit % heads) * headSize) << 2;
    const q = qkv + first * stride + column;
    const dq = dqkv + first * stride + column;
    const at = first * width + column;
    const sums = logSumExp + (usize(unit) * usize(time) << 2);
    if (naive) attendHeadGradientNaive(q, q + width, q + width * 2, stride, y + at, dy + at, width, sums, dq, dq + width, dq + width * 2, time, headSize);
    else attendHeadGradient(q, q + width, q + width * 2, stride, y + at, dy + at, width, sums, dq, dq + width, dq + width * 2, time, headSize);
  }
}

/**
 * Appends the keys and values of qkv (batch, count, 3 * width) to keys and values (batch, capacity, width) at position `past`;
 * then y (batch, count, width), query i seeing the positions [0, past + i].
 */
export function cachedAttention(
  qkv: usize, keys: usize, values: usize, y: usize,
  batch: i32, count: i32, past: i32, capacity: i32, heads: i32, headSize: i32, part: i32, parts: i32,
): void {
  if (headSize <= 0) return;
  const width = usize(heads * headSize) << 2;
  const stride = width * 3;
  const end = firstUnit(batch * heads, part + 1, parts);
  for (let unit = firstUnit(batch * heads, part, parts); unit < end; unit++) {
    const m = usize(unit / heads);
    const column = usize((unit % heads) * headSize) << 2;
    const q = qkv + m * usize(count) * stride + column;
    const k = keys + m * usize(capacity) * width + column;
    const v = values + m * usize(capacity) * width + column;
    const output = y + m * usize(count) * width + column;
    for (let i = 0; i < count; i++) {
      const from = q + usize(i) * stride;
      const to = usize(past + i) * width;
      memory.copy(k + to, from + width, usize(headSize) << 2);
      memory.copy(v + to, from + width * 2, usize(headSize) << 2);
    }
    if (count < FEW_QUERIES || headSize > MAX_HEAD_SIZE) {
      for (let i = 0; i < count; i++) attendOne(q + usize(i) * stride, k, v, width, output + usize(i) * width, past + i + 1, headSize);
    } else {
      attendHead(q, stride, k, v, width, output, width, 0, count, past, headSize);
    }
  }
}
