// Computes attention of new rows to a cache that holds several sequences, for generation. Rows of one sequence that follow each other are a
// run, and are computed together as the queries of one head.
//
// Work is divided by heads of keys and values first, then by runs: every share then has a part of every run, however unequal they are. What
// is computed for a run depends on this run alone, so a sequence gets the same bits in any company.
import { fillRun } from '../bytes';
import { firstUnit } from '../share';
import { attendOne } from './decode';
import { attendHead } from './forward';
import { Head, headOf } from './head';
import { MAX_HEAD_SIZE } from './layout';

/** Fewer new queries than this are answered one by one: packing all keys for them would not pay. Measured. */
const FEW_QUERIES: i32 = 6;

/** The bits of NaN. */
const NOT_A_NUMBER: i32 = 0x7fc00000;

export function cachedAttention(
  qkv: usize, cache: usize, places: usize, alibiSlopes: usize, y: usize,
  rows: i32, cacheRows: i32, longest: i32, heads: i32, keyValueHeads: i32, headSize: i32, behind: i32, part: i32, parts: i32,
): void {
  if (headSize <= 0 || rows <= 0) return;
  const group = heads / keyValueHeads;
  const head = headOf(1, 1, 1, heads, keyValueHeads, headSize, behind, 0);
  const keyBytes = head.keyStride;
  head.alibiSlopes = alibiSlopes;
  head.queryStride = head.yStride + 2 * keyBytes;
  head.keyStride = 2 * keyBytes;
  let runs = 0;
  for (let row = 0; row < rows; row = endOfRun(places, row, rows)) runs++;
  const end = firstUnit(keyValueHeads * runs, part + 1, parts);
  let unit = firstUnit(keyValueHeads * runs, part, parts);
  // The run of the first unit; the others follow.
  let row = 0;
  for (let skipped = unit % runs; skipped > 0; skipped--) row = endOfRun(places, row, rows);
  for (; unit < end; unit++) {
    const next = endOfRun(places, row, rows);
    const first = load<i32>(places + (usize(row) << 3));
    const position = load<i32>(places + (usize(row) << 3), 4);
    head.queries = next - row;
    head.keys = position + head.queries;
    head.query = qkv + usize(row) * head.queryStride;
    head.y = y + usize(row) * head.yStride;
    head.key = cache + usize(first) * head.keyStride;
    head.value = head.key + keyBytes;
    const isInside = first >= 0 && position >= 0 && position < longest && head.keys <= longest && i64(first) + i64(head.keys) <= i64(cacheRows);
    for (let member = 0; member < group; member++) {
      head.enter(0, (unit / runs) * group + member);
      attendRun(head, isInside);
    }
    row = next == rows ? 0 : next;
  }
}

function attendRun(head: Head, isInside: bool): void {
  if (isInside && head.queries >= FEW_QUERIES && head.headSize <= MAX_HEAD_SIZE) {
    attendHead(head);
    return;
  }
  for (let i = 0; i < head.queries; i++) {
    if (isInside) attendOne(head, i);
    else fillRun(head.yRow(i), NOT_A_NUMBER, head.headSize);
  }
}

/** The row behind the last one of the run that begins at `row`: the sequence stays the same and the positions go on. */
function endOfRun(places: usize, row: i32, rows: i32): i32 {
  const first = load<i32>(places + (usize(row) << 3));
  let position = load<i32>(places + (usize(row) << 3), 4);
  for (row++; row < rows; row++) {
    position++;
    if (load<i32>(places + (usize(row) << 3)) != first || load<i32>(places + (usize(row) << 3), 4) != position) break;
  }
  return row;
}
