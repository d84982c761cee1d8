// Looks rows up in a table (tableRows, width), and computes the gradient with respect to the table.
import { copyRun, fillRun, zeroRun } from './bytes';
import { loadPartial, storePartial } from './lanes';
import { firstElement, firstUnit } from './share';

/** Whether an id names a row; as an unsigned number, a negative one is large. */
// @ts-ignore: decorator
@inline
function isRow(id: i32, tableRows: i32): bool {
  return u32(id) < u32(tableRows);
}

/** y (count, width) = table [ids], NaN where there is no such row; a share is a range of places. */
export function embedding(ids: usize, table: usize, y: usize, count: i32, width: i32, tableRows: i32, part: i32, parts: i32): void {
  const end = firstUnit(count, part + 1, parts);
  for (let i = firstUnit(count, part, parts); i < end; i++) {
    const row = load<i32>(ids + (usize(i) << 2));
    const target = y + (usize(i * width) << 2);
    if (isRow(row, tableRows)) copyRun(target, table + (usize(row * width) << 2), width);
    else fillRun(target, reinterpret<i32>(f32.NaN), width);
  }
}

/**
 * dTable (tableRows, width) = for each row the sum of dy over the places that looked it up. A share is a range of columns:
 * every share walks all ids in order, so that no two threads add to one number and the order of additions is fixed.
 */
export function embeddingGradient(ids: usize, dy: usize, dTable: usize, count: i32, width: i32, tableRows: i32, part: i32, parts: i32): void {
  const first = firstElement(width, part, parts);
  const columns = firstElement(width, part + 1, parts) - first;
  if (columns == 0) return;
  const target = dTable + (usize(first) << 2);
  if (columns == width) zeroRun(target, tableRows * width);
  else for (let row = 0; row < tableRows; row++) zeroRun(target + (usize(row * width) << 2), columns);
  const source = dy + (usize(first) << 2);
  for (let i = 0; i < count; i++) {
    const row = load<i32>(ids + (usize(i) << 2));
    if (!isRow(row, tableRows)) continue;
    const from = source + (usize(i * width) << 2);
    const to = target + (usize(row * width) << 2);
    let c = 0;
    for (const full = columns & ~3; c < full; c += 4) {
      const at = usize(c) << 2;
      v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
    }
    if (c < columns) {
      const at = usize(c) << 2;
      storePartial(to + at, f32x4.add(loadPartial(to + at, columns - c), loadPartial(from + at, columns - c)), columns - c);
    }
  }
}
