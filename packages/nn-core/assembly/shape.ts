// Slices and joins tensors along an axis: bit copies of runs, for any 32-bit type.
//
// The share of a call is a range of the flat output, which cuts through runs where it must.
import { copyRun, zeroRun } from './bytes';
import { firstElement, firstUnit } from './share';

/** y (outer, count, inner) = x (outer, length, inner) [:, start : start + count, :] */
export function slice(x: usize, y: usize, outer: i32, length: i32, inner: i32, start: i32, count: i32, part: i32, parts: i32): void {
  const run = count * inner;
  if (run == 0) return;
  let i = firstElement(outer * run, part, parts);
  const end = firstElement(outer * run, part + 1, parts);
  while (i < end) {
    const row = i / run;
    const column = i - row * run;
    const steps = min(run - column, end - i);
    copyRun(y + (usize(i) << 2), x + (usize((row * length + start) * inner + column) << 2), steps);
    i += steps;
  }
}

/** dx (outer, length, inner) = dy (outer, count, inner) at [start, start + count), 0 elsewhere */
export function sliceGradient(dy: usize, dx: usize, outer: i32, length: i32, inner: i32, start: i32, count: i32, part: i32, parts: i32): void {
  const run = length * inner;
  if (run == 0) return;
  const first = start * inner;
  const last = first + count * inner;
  let i = firstElement(outer * run, part, parts);
  const end = firstElement(outer * run, part + 1, parts);
  while (i < end) {
    const row = i / run;
    const column = i - row * run;
    const target = dx + (usize(i) << 2);
    // The output's row is zeros, then the gradient, then zeros.
    const inside = column >= first && column < last;
    const stop = column < first ? first : inside ? last : run;
    const steps = min(stop - column, end - i);
    if (inside) copyRun(target, dy + (usize(row * (last - first) + column - first) << 2), steps);
    else zeroRun(target, steps);
    i += steps;
  }
}

/** to (toRows, width) at [toRow, toRow + rows) = columns of from (fromRows, fromColumns) from row and column on; a share is a range of rows */
export function copyRows(
  from: usize, to: usize,
  rows: i32, width: i32, fromRows: i32, fromColumns: i32, fromRow: i32, fromColumn: i32, toRows: i32, toRow: i32, part: i32, parts: i32,
): void {
  const end = firstUnit(rows, part + 1, parts);
  for (let row = firstUnit(rows, part, parts); row < end; row++) {
    const source = usize(fromRow + row) * usize(fromColumns) + usize(fromColumn);
    copyRun(to + (usize(toRow + row) * usize(width) << 2), from + (source << 2), width);
  }
}

/** y (outer, aLength + bLength, inner) = a, then b, along the middle axis */
export function concatenate(a: usize, b: usize, y: usize, outer: i32, aLength: i32, bLength: i32, inner: i32, part: i32, parts: i32): void {
  const aRun = aLength * inner;
  const bRun = bLength * inner;
  const run = aRun + bRun;
  if (run == 0) return;
  let i = firstElement(outer * run, part, parts);
  const end = firstElement(outer * run, part + 1, parts);
  while (i < end) {
    const row = i / run;
    const column = i - row * run;
    const inA = column < aRun;
    const steps = min((inA ? aRun : run) - column, end - i);
    const source = inA ? a + (usize(row * aRun + column) << 2) : b + (usize(row * bRun + column - aRun) << 2);
    copyRun(y + (usize(i) << 2), source, steps);
    i += steps;
  }
}
