// Adds to the scores of one head the numbers of a mask, and ALiBi's slope for each position between query and key.
//
// Both are looked for once for each panel of scores, or row of them; heads that have neither lose no time.
import { storeTransposed } from '../matmul/pack';
import { Head } from './head';
import { LANES, ROW_BYTES } from './layout';

/** Adds to the finished scores (seen, 8) of queries `first` to `last` and the keys from `k0` on. `spare`: 64 bytes of working memory. */
export function addToPanel(head: Head, scores: usize, seen: i32, first: i32, last: i32, k0: i32, spare: usize): void {
  if (head.alibiSlopes) addSlopes(head, scores, seen, first, k0);
  if (head.mask) {
    for (let lane = 0; lane < LANES && first + lane <= last; lane += 4) addMask(head, scores + (usize(lane) << 2), seen, first + lane, min(last - first - lane + 1, 4), k0, spare);
  }
}

function addSlopes(head: Head, scores: usize, seen: i32, first: i32, k0: i32): void {
  const slopes = f32x4.splat(head.slope);
  let low = i32x4.sub(i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(head.positionOf(first))), i32x4.splat(k0));
  let high = i32x4.add(low, i32x4.splat(4));
  const one = i32x4.splat(1);
  for (const end = scores + usize(seen * ROW_BYTES); scores < end; scores += ROW_BYTES) {
    v128.store(scores, f32x4.sub(v128.load(scores), f32x4.mul(slopes, f32x4.convert_i32x4_s(i32x4.abs(low)))));
    v128.store(scores, f32x4.sub(v128.load(scores, 16), f32x4.mul(slopes, f32x4.convert_i32x4_s(i32x4.abs(high)))), 16);
    low = i32x4.sub(low, one);
    high = i32x4.sub(high, one);
  }
}

/** Adds the mask to `valid` (1 to 4) columns of scores (seen, 8), which are those of the queries from `first` on. */
function addMask(head: Head, scores: usize, seen: i32, first: i32, valid: i32, k0: i32, spare: usize): void {
  const mask = head.maskAt(first, k0);
  const stride = usize(head.keys) << 2;
  const whole = valid == 4 ? seen & ~3 : 0;
  for (let row = 0; row < whole; row += 4) {
    const from = mask + (usize(row) << 2);
    storeTransposed(v128.load(from), v128.load(from + stride), v128.load(from + 2 * stride), v128.load(from + 3 * stride), spare, 16);
    const to = scores + usize(row * ROW_BYTES);
    v128.store(to, f32x4.add(v128.load(to), v128.load(spare)));
    v128.store(to, f32x4.add(v128.load(to, 32), v128.load(spare, 16)), 32);
    v128.store(to, f32x4.add(v128.load(to, 64), v128.load(spare, 32)), 64);
    v128.store(to, f32x4.add(v128.load(to, 96), v128.load(spare, 48)), 96);
  }
  for (let row = whole; row < seen; row++) {
    for (let lane = 0; lane < valid; lane++) {
      const at = scores + usize(row * ROW_BYTES + lane * 4);
      store<f32>(at, load<f32>(at) + load<f32>(mask + usize(lane) * stride + (usize(row) << 2)));
    }
  }
}

/** Adds to the finished scores (count) of query i and the keys from `first` on. */
export function addToRow(head: Head, scores: usize, i: i32, first: i32, count: i32): void {
  for (let j = 0; j < count; j++) {
    const at = scores + (usize(j) << 2);
    store<f32>(at, load<f32>(at) + addedTo(head, i, first + j));
  }
}

/** What is added to the score of query i and key j. */
export function addedTo(head: Head, i: i32, j: i32): f32 {
  const bias: f32 = head.mask ? load<f32>(head.maskAt(i, j)) : 0;
  return head.alibiSlopes ? bias - head.slope * f32(abs(head.positionOf(i) - j)) : bias;
}
