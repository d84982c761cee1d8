// Splits vectors into heads and joins them again.
import { expand, permute, reshape, slice, type Tensor } from '@kk/nn-core';

/** (batch, time, width) to (batch, heads, time, width / heads). */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const [batch, time, width] = x.shape as [number, number, number];
  if (width % heads !== 0) throw new RangeError(`splitHeads: width ${width} cannot be split into ${heads} heads: choose a number of heads that divides it.`);
  return permute(reshape(x, [batch, time, heads, width / heads]), [0, 2, 1, 3]);
}

/** (batch, heads, time, headSize) to (batch, time, heads * headSize). */
export function joinHeads(x: Tensor): Tensor {
  const [batch, heads, time, headSize] = x.shape as [number, number, number, number];
  return reshape(permute(x, [0, 2, 1, 3]), [batch, time, heads * headSize]);
}

/**
 * Repeats the heads of keys or values that several query heads share: (batch, heads, time, headSize) to (batch, heads * times, time,
 * headSize).
 */
export function repeatHeads(x: Tensor, times: number): Tensor {
  const [batch, heads, time, headSize] = x.shape as [number, number, number, number];
  return reshape(expand(reshape(x, [batch, heads, 1, time, headSize]), [batch, heads, times, time, headSize]), [batch, heads * times, time, headSize]);
}

/**
 * Splits the concatenated query, key and value, (batch, time, (heads + 2 * keyValueHeads) * headSize), into three tensors (batch, heads, time,
 * headSize). Keys and values that several query heads share are repeated for each of them.
 * @param keyValueHeads heads of keys and values, default `heads`
 */
export function splitQueryKeyValue(qkv: Tensor, heads: number, keyValueHeads = heads): [query: Tensor, key: Tensor, value: Tensor] {
  const headSize = qkv.shape.at(-1)! / (heads + 2 * keyValueHeads);
  const part = (from: number, count: number): Tensor => splitHeads(slice(qkv, -1, from * headSize, count * headSize), count);
  const shared = (from: number): Tensor => (keyValueHeads === heads ? part(from, heads) : repeatHeads(part(from, keyValueHeads), heads / keyValueHeads));
  return [part(0, heads), shared(heads), shared(heads + keyValueHeads)];
}
