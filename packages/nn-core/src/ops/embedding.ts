// Looks up rows of a table by id.
import { formatShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectIds } from './shared/check.js';

/**
 * Row `ids[i]` of the table for each i.
 * @param ids int32, any shape, each in [0, rows)
 * @param table (rows, width)
 * @returns (...ids' shape, width)
 * @throws RangeError when an id is out of range
 */
export function embedding(ids: Tensor, table: Tensor): Tensor {
  expectFloat('embedding', table);
  if (table.rank !== 2) throw new RangeError(`embedding: the table must have two axes (rows, width); got ${formatShape(table.shape)}.`);
  const [rows, width] = table.shape as [number, number];
  expectIds('embedding', ids, rows);
  const engine = table.engine;
  const y = engine.allocate([...ids.shape, width], table.dtype);
  engine.run('embedding', [ids, table, y], [ids.size, width, rows]);
  return record('embedding', y, [table], (dy) => {
    const dTable = engine.allocate(table.shape, table.dtype);
    engine.run('embeddingGradient', [ids, dy, dTable], [ids.size, width, rows]);
    return [dTable];
  });
}
