// Issues the one pass of rotary position embedding.
import { halves, matrix, vector, type Program } from './pass.js';

export const rotary: Program = (
  passes, [x, table, positions, y], [batch, time, columns, heads, headSize, dimension, tableRows, interleaved, start, backwards],
) => {
  const rows = batch * time;
  const hasPositions = positions !== passes.none;
  const inputs = [matrix(x, rows, columns), matrix(table, tableRows, dimension), hasPositions ? halves(positions, rows) : vector(positions, 1)];
  passes.run('rotary', y, [columns, rows], inputs, [
    time, heads * headSize, headSize, dimension, tableRows, interleaved, start, Number(hasPositions), backwards === 1 ? -1 : 1, NaN,
  ]);
};
