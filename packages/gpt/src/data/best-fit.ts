// Packs pieces of different lengths into rows of one length: "best fit decreasing". The longest piece comes first, and each goes into the
// fullest row that has room for it (Ding et al. 2024, "Fewer truncations improve language modeling"; Johnson 1974 bounds the rows by 11/9 of
// the fewest possible, plus 4). Equal lengths keep their order, so the result depends on the lengths alone.

export interface Packing {
  readonly rows: number;
  /** The pieces of row r are `pieces[starts[r]]` to before `pieces[starts[r + 1]]`. */
  readonly starts: Int32Array;
  readonly pieces: Int32Array;
}

/**
 * @param lengths whole numbers from 1 to `rowLength`
 * @returns each piece is in one row, and no row is longer than `rowLength`
 */
export function bestFit(lengths: Int32Array, rowLength: number): Packing {
  const rowOf = new Int32Array(lengths.length);
  const withRoom: number[][] = Array.from({ length: rowLength + 1 }, () => []); // the rows by their room
  let rows = 0;
  for (const piece of longestFirst(lengths, rowLength)) {
    const length = lengths[piece]!;
    let room = length;
    while (room <= rowLength && withRoom[room]!.length === 0) room++;
    const row = room <= rowLength ? withRoom[room]!.pop()! : rows++;
    if (room > rowLength) room = rowLength; // a new row
    withRoom[room - length]!.push(row);
    rowOf[piece] = row;
  }
  return { rows, ...grouped(rowOf, rows) };
}

/** The pieces by falling length, equal ones in their order (counting sort). */
function longestFirst(lengths: Int32Array, longest: number): Int32Array {
  const { pieces } = grouped(lengths.map((length) => longest - length), longest);
  return pieces;
}

/** Items by the number of their group; `starts` has where each group begins, and the end. */
function grouped(groupOf: Int32Array, groups: number): Pick<Packing, 'starts' | 'pieces'> {
  const starts = new Int32Array(groups + 1);
  for (const group of groupOf) starts[group + 1]!++;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const pieces = new Int32Array(groupOf.length);
  groupOf.forEach((group, item) => (pieces[next[group]!++] = item));
  return { starts, pieces };
}
