// The approximate index finds nearly all of the true neighbours.
import { Random } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { NeighbourSearch } from '../src/index.js';
import { ApproximateIndex } from '../src/node.js';

it('finds at least 95 of 100 neighbours, with exact cosines', async () => {
  const width = 16;
  const matrix = new Float32Array(3000 * width);
  new Random(3).fillNormal(matrix);
  const progress: number[] = [];
  const [index, exact] = [await ApproximateIndex.create(matrix, width, { onProgress: (rows) => progress.push(rows) }), new NeighbourSearch(matrix, width)];
  let found = 0;
  for (let row = 0; row < 50; row++) {
    const vector = matrix.subarray(row * width, (row + 1) * width);
    const expected = new Map(exact.nearest(vector, 10, { exclude: [row] }).map(({ id, similarity }) => [id, similarity]));
    for (const { id, similarity } of index.nearest(vector, 10, { exclude: [row] })) {
      expect(id).not.toBe(row);
      if (expected.has(id)) expect(similarity).toBeCloseTo(expected.get(id)!, 12);
      found += Number(expected.has(id));
    }
  }
  expect(found).toBeGreaterThanOrEqual(475);
  expect(progress).toEqual([3000]);
  await expect(ApproximateIndex.create(matrix, 7)).rejects.toThrow('does not consist of rows of 7');
});
