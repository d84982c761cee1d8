// Chapter 2: a short text in units, with the whole table of what follows what.
import { TextMarkov } from '@kk/markov';
import { defineJob } from '../job.js';
import type { ChainUnit } from '../units.js';

export interface TableInput {
  /** A text that fits on a sheet of paper. */
  text: string;
  unit: ChainUnit;
}

export interface Table {
  /** The different units, in the order in which they first came. */
  tokens: string[];
  /** The text, as indexes of `tokens`. */
  ids: number[];
}

export default defineJob(async function* ({ text, unit }: TableInput): AsyncGenerator<Table, Table> {
  const chain = TextMarkov.train(text, { unit, order: 1 });
  const table = { tokens: [...chain.tokens], ids: [...chain.encode(text)] };
  yield table;
  return table;
});
