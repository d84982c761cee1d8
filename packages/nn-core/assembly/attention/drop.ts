// Drops attention weights as the dropout kernel would drop (batch, heads, time, keyTime), which are never stored.
import { keepFactors } from '../dropout';
import { Head, spareOf } from './head';
import { LANES, ROW_BYTES } from './layout';

/** Bytes that `factors` needs for chunks of so many keys: a panel (chunk, 8), and a row with room for what lies before and behind. */
export function factorBytes(chunk: i32): usize {
  return usize(chunk * ROW_BYTES + (chunk + 32) * 4);
}

/** factors (seen, 8) = 0 or 1 / (1 - dropout) for the weights of queries `first` to `last` and the keys from `k0` on; 0 for missing queries. */
export function drawFactors(head: Head, factors: usize, seen: i32, chunk: i32, first: i32, last: i32, k0: i32): void {
  const row = factors + usize(chunk * ROW_BYTES);
  for (let lane = 0; lane < LANES; lane++) {
    const column = factors + (usize(lane) << 2);
    if (first + lane > last) {
      for (let j = 0; j < seen; j++) store<f32>(column + usize(j * ROW_BYTES), 0);
      continue;
    }
    // Random numbers come in fours: the row begins up to three numbers early.
    const number = head.weightNumber(first + lane, k0);
    const early = i32(number & 3);
    keepFactors(row, number - early, seen + early, head.dropoutState, head.dropout, head.stream);
    for (let j = 0; j < seen; j++) store<f32>(column + usize(j * ROW_BYTES), load<f32>(row + (usize(j + early) << 2)));
  }
}

/** panel (rows, 8) *= factors */
export function multiplyPanel(panel: usize, factors: usize, rows: i32): void {
  for (const end = panel + usize(rows * ROW_BYTES); panel < end; panel += 16) {
    v128.store(panel, f32x4.mul(v128.load(panel), v128.load(factors)));
    factors += 16;
  }
}

/** The factor of one weight; 1 without dropout. */
export function factorOf(head: Head, i: i32, j: i32): f32 {
  if (head.dropoutState == 0) return 1;
  const number = head.weightNumber(i, j);
  const spare = spareOf(head);
  keepFactors(spare, number & ~3, 4, head.dropoutState, head.dropout, head.stream);
  return load<f32>(spare + (usize(number & 3) << 2));
}
