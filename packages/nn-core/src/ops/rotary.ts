// Turns queries and keys by angles that stand for their positions (rotary position embedding), so that their products depend on how far they are apart.
import { checkOptions, type OptionNames } from '@kk/options';
import type { Engine } from '../core/engine.js';
import { formatShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectEngine } from '../core/expect.js';
import { expectFloat, expectIds, expectTensor } from './shared/check.js';

export interface RotaryTableOptions {
  /** How many there are, the first being 0: the context length. */
  positions: number;
  /** For each pair of columns of a head that turns, how far it turns from one position to the next, in radians: `rotaryFrequencies` of @kk/attention. */
  frequencies: ArrayLike<number>;
}

const rotaryTableOptions: OptionNames<RotaryTableOptions> = { positions: 'required', frequencies: 'required' };

/**
 * The cosines and sines that `rotaryEmbedding` turns by, computed once in double precision: pair i of position p turns by the angle
 * p * frequencies[i] (Su et al. 2021, equation 15). Make it once and keep it: a scope frees it as any tensor.
 * @returns (positions, 2 * pairs): in each row the cosines of all pairs, then their sines
 */
export function rotaryTable(engine: Engine, options: RotaryTableOptions): Tensor {
  expectEngine('rotaryTable', engine);
  checkOptions('rotaryTable', options, rotaryTableOptions);
  const { positions, frequencies } = options;
  const pairs = frequencies.length;
  if (!Number.isInteger(positions) || positions < 0) throw new RangeError(`rotaryTable: positions is ${positions}; expected a whole number of 0 or more.`);
  if (!(pairs > 0) || !Array.from(frequencies).every(Number.isFinite)) throw new RangeError(`rotaryTable: frequencies is [${Array.from(frequencies).join(', ')}]; expected one finite number or more.`);
  const numbers = new Float64Array(positions * pairs * 2);
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < pairs; i++) {
      const angle = position * frequencies[i]!;
      numbers[(2 * position) * pairs + i] = Math.cos(angle);
      numbers[(2 * position + 1) * pairs + i] = Math.sin(angle);
    }
  }
  return engine.tensor(numbers, [positions, 2 * pairs]);
}

export interface RotaryOptions {
  /** Columns of a head. Of these, the first as many turn as the table has columns; the others stay. */
  headSize: number;
  /** How many heads turn, from the first column on; what is behind them stays. Default: all. So in query, key and value side by side all but the values turn. */
  heads?: number;
  /** How the columns that turn pair up: false, the default, i and i + dimension / 2 (Llama, GPT-NeoX); true, 2 i and 2 i + 1 (the paper, GPT-J). */
  interleaved?: boolean;
  /** Position of the first row of each sequence, default 0; the others follow. */
  start?: number;
  /** int32 (batch, time): the position of each row, instead of `start`; packed examples begin anew at 0. */
  positions?: Tensor;
  /** Turns the other way, which undoes a turn; default false. What was turned by p and is turned back by n is turned by p - n. */
  backwards?: boolean;
}

const rotaryOptions: OptionNames<RotaryOptions> = { headSize: 'required', heads: 'optional', interleaved: 'flag', start: 'optional', positions: 'optional', backwards: 'flag' };

/**
 * Turns pairs of columns of each head by the angles of the row's position (Su et al. 2021): (a, b) becomes
 * (a cos - b sin, b cos + a sin). The product of a query and a key turned like this depends on the distance of their positions alone.
 * @param x (batch, time, columns): heads of headSize columns side by side
 * @param table of `rotaryTable`
 * @returns the shape of x
 * @throws RangeError when heads or table do not fit x, or a position is not in the table
 */
export function rotaryEmbedding(x: Tensor, table: Tensor, options: RotaryOptions): Tensor {
  checkOptions('rotaryEmbedding', options, rotaryOptions);
  expectFloat('rotaryEmbedding', x, table);
  const { headSize, interleaved = false, start = 0, positions, backwards = false } = options;
  const [batch, time, columns] = x.shape as [number, number, number];
  if (x.rank !== 3) throw new RangeError(`rotaryEmbedding: expected shape (batch, time, columns); got ${formatShape(x.shape)}.`);
  if (!Number.isInteger(headSize) || headSize < 1 || columns % headSize !== 0) {
    throw new RangeError(`rotaryEmbedding: ${columns} columns cannot be split into heads of ${headSize}: choose a headSize that divides them.`);
  }
  const heads = options.heads ?? columns / headSize;
  if (!Number.isInteger(heads) || heads < 0 || heads * headSize > columns) {
    throw new RangeError(`rotaryEmbedding: heads is ${heads}; expected a whole number from 0 to ${columns / headSize}, as many heads of ${headSize} as ${columns} columns hold.`);
  }
  const [rows, dimension] = table.shape as [number, number];
  if (table.rank !== 2 || dimension % 2 !== 0 || dimension > headSize) {
    throw new RangeError(`rotaryEmbedding: the table must be (positions, dimension) with an even dimension of at most the head size ${headSize}; got ${formatShape(table.shape)}: make it with rotaryTable().`);
  }
  if (positions) {
    expectTensor('rotaryEmbedding', positions);
    if (positions.size !== batch * time) throw new RangeError(`rotaryEmbedding: positions must be ${formatShape([batch, time])}; got ${formatShape(positions.shape)}.`);
    if (options.start !== undefined) throw new TypeError('rotaryEmbedding: give start or positions, not both.');
    expectIds('rotaryEmbedding', positions, rows);
  } else if (!Number.isInteger(start) || start < 0 || start + time > rows) {
    throw new RangeError(`rotaryEmbedding: positions ${start} to ${start + time - 1} are asked for, but the table has ${rows}: make it for more positions.`);
  }
  const engine = x.engine;
  const turn = (input: Tensor, isBackwards: boolean): Tensor => {
    const output = engine.allocate(x.shape, x.dtype);
    engine.run('rotary', [input, table, positions ?? null, output], [batch, time, columns, heads, headSize, dimension, rows, Number(interleaved), start, Number(isBackwards)]);
    return output;
  };
  // Turning back is the transpose of turning.
  return record('rotaryEmbedding', turn(x, backwards), [x], (dy) => [turn(dy, !backwards)]);
}
