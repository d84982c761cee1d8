// Picks numbers along the middle axis of x (outer, length, inner) by index (outer, count, inner), and computes the gradient of that.
import { firstUnit, blocksOf } from './share';
import { zeroRun } from './bytes';

/** y = x at the index, NaN where there is no such place; a share is a range of rows of y. */
export function gather(x: usize, index: usize, y: usize, outer: i32, length: i32, inner: i32, count: i32, part: i32, parts: i32): void {
  const end = firstUnit(outer * count, part + 1, parts);
  for (let row = firstUnit(outer * count, part, parts); row < end; row++) {
    const first = (row / count) * length;
    for (let i = 0; i < inner; i++) {
      const at = usize(row * inner + i) << 2;
      const place = load<i32>(index + at);
      store<f32>(y + at, u32(place) < u32(length) ? load<f32>(x + (usize((first + place) * inner + i) << 2)) : f32.NaN);
    }
  }
}

/** Columns that one share adds up at a time: a multiple of a cache line. */
const COLUMNS: i32 = 64;

/**
 * dx = for each place the sum of dy where the index names it. A share is a range of blocks of columns, and walks all indices of
 * a block in order: no two threads add to one number.
 */
export function gatherGradient(index: usize, dy: usize, dx: usize, outer: i32, length: i32, inner: i32, count: i32, part: i32, parts: i32): void {
  const blocks = blocksOf(inner, COLUMNS);
  const end = firstUnit(outer * blocks, part + 1, parts);
  for (let unit = firstUnit(outer * blocks, part, parts); unit < end; unit++) {
    const o = unit / blocks;
    const column = (unit - o * blocks) * COLUMNS;
    const columns = min(COLUMNS, inner - column);
    const target = dx + (usize(o * length * inner + column) << 2);
    for (let l = 0; l < length; l++) zeroRun(target + (usize(l * inner) << 2), columns);
    for (let j = 0; j < count; j++) {
      const source = usize((o * count + j) * inner + column) << 2;
      for (let c = 0; c < columns; c++) {
        const at = usize(c) << 2;
        const place = load<i32>(index + source + at);
        if (u32(place) >= u32(length)) continue;
        const to = target + (usize(place * inner) << 2) + at;
        store<f32>(to, load<f32>(to) + load<f32>(dy + source + at));
      }
    }
  }
}
