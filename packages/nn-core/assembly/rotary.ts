// Turns pairs of columns by an angle that grows with the position (rotary position embedding, Su et al. 2021). A share is a range of rows.
import { copyRun } from './bytes';
import { firstUnit } from './share';
import { multiplyAdd } from './simd';

/**
 * y (batch, time, columns) = x, with the first `dimension` columns of each of the first `heads` heads turned by the angles of the
 * row's position; NaN where the table (tableRows, dimension) has no such position.
 */
export function rotary(
  x: usize, table: usize, positions: usize, y: usize,
  batch: i32, time: i32, columns: i32, heads: i32, headSize: i32, dimension: i32, tableRows: i32, interleaved: i32, start: i32, backwards: i32,
  part: i32, parts: i32,
): void {
  const half = dimension >> 1;
  const end = firstUnit(batch * time, part + 1, parts);
  for (let row = firstUnit(batch * time, part, parts); row < end; row++) {
    const at = usize(row * columns) << 2;
    copyRun(y + at, x + at, columns);
    const position = positions ? load<i32>(positions + (usize(row) << 2)) : start + (row % time);
    const inside = u32(position) < u32(tableRows);
    const cosines = table + (usize(position) * usize(dimension) << 2);
    const direction: f32 = backwards ? -1 : 1;
    for (let h = 0; h < heads; h++) {
      const head = y + at + (usize(h * headSize) << 2);
      if (!inside) for (let d = 0; d < dimension; d++) store<f32>(head + (usize(d) << 2), f32.NaN);
      else if (interleaved) turnNeighbours(head, half, cosines, direction);
      else turnHalves(head, half, cosines, direction);
    }
  }
}

/** Pairs (i, i + half) of a head are turned where they lie. */
function turnHalves(head: usize, half: i32, cosines: usize, direction: f32): void {
  const distance = usize(half) << 2;
  const whole = half & ~3;
  const sign = f32x4.splat(direction);
  for (let i = 0; i < whole; i += 4) {
    const at = usize(i) << 2;
    const first = v128.load(head + at);
    const second = v128.load(head + at + distance);
    const cosine = v128.load(cosines + at);
    const sine = f32x4.mul(v128.load(cosines + at + distance), sign);
    v128.store(head + at, multiplyAdd(first, cosine, f32x4.neg(f32x4.mul(second, sine))));
    v128.store(head + at + distance, multiplyAdd(second, cosine, f32x4.mul(first, sine)));
  }
  for (let i = whole; i < half; i++) {
    const at = usize(i) << 2;
    turnPair(head + at, head + at + distance, load<f32>(cosines + at), load<f32>(cosines + at + distance) * direction);
  }
}

/** Pairs (2i, 2i + 1) of a head are turned where they lie. */
function turnNeighbours(head: usize, half: i32, cosines: usize, direction: f32): void {
  const distance = usize(half) << 2;
  const whole = half & ~3;
  const sign = f32x4.splat(direction);
  for (let i = 0; i < whole; i += 4) {
    const at = usize(i) << 2;
    const pairs = head + 2 * at;
    const low = v128.load(pairs);
    const high = v128.load(pairs, 16);
    const first = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
    const second = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
    const cosine = v128.load(cosines + at);
    const sine = f32x4.mul(v128.load(cosines + at + distance), sign);
    const newFirst = multiplyAdd(first, cosine, f32x4.neg(f32x4.mul(second, sine)));
    const newSecond = multiplyAdd(second, cosine, f32x4.mul(first, sine));
    v128.store(pairs, v128.shuffle<f32>(newFirst, newSecond, 0, 4, 1, 5));
    v128.store(pairs, v128.shuffle<f32>(newFirst, newSecond, 2, 6, 3, 7), 16);
  }
  for (let i = whole; i < half; i++) {
    const at = usize(i) << 2;
    const pair = head + 2 * at;
    turnPair(pair, pair + 4, load<f32>(cosines + at), load<f32>(cosines + at + distance) * direction);
  }
}

function turnPair(first: usize, second: usize, cosine: f32, sine: f32): void {
  const a = load<f32>(first);
  const b = load<f32>(second);
  store<f32>(first, a * cosine - b * sine);
  store<f32>(second, b * cosine + a * sine);
}
