// Transposes the matrices whose rows are columns in Hugging Face files.

/** The numbers of a (rows, columns) matrix as (columns, rows). */
export function transposed(numbers: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(numbers.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = numbers[row * columns + column]!;
  }
  return result;
}
