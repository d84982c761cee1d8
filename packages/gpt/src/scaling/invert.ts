// Inverts a small symmetric matrix.

/** By Gauss and Jordan with pivots on the diagonal, which are positive for a positive definite matrix. */
export function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = rows[pivot]![pivot]!;
    rows[pivot] = rows[pivot]!.map((value) => value / scale);
    rows.forEach((row, i) => {
      if (i === pivot) return;
      const factor = row[pivot]!;
      rows[i] = row.map((value, j) => value - factor * rows[pivot]![j]!);
    });
  }
  return rows.map((row) => row.slice(size));
}
