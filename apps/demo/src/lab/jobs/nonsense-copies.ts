// Chapter 2: how much of what a chain writes stands word for word in its text, for every memory.
import type { TextInput } from '../../figures/use-text.js';
import { chainOf, indexOf, pieceTexts } from '../chains.js';
import { defineJob } from '../job.js';
import { longestMemory, type ChainUnit } from '../units.js';

export interface CopiesInput {
  text: TextInput;
  unit: ChainUnit;
  order: number;
  seed: number;
  /** How many units are written with each memory. */
  length: number;
  /** How many units in a row make a copy. */
  least: number;
}

export interface Copies {
  /** The share of each memory from 1 up, as far as it is measured. */
  curve: { memory: number; share: number }[];
  /** The text of the chosen memory; `copy` numbers the passages, -1 is new. */
  pieces: { text: string; copy: number }[];
  share: number;
  /** The longest passage that was copied. */
  longest?: { text: string; units: number };
}

/** This much of the text is shown; the share is measured on all of it. */
const SHOWN = { character: 600, word: 130 };

export default defineJob(async function* (input: CopiesInput, tools): AsyncGenerator<Copies, Copies> {
  const { text, seed, length, least, unit } = input;
  const chain = await indexOf(tools, await chainOf(tools, { text, unit }));
  const report = (order: number): { ids: Int32Array; copies: ReturnType<typeof chain.copies> } => {
    const ids = chain.withOrder(order).generateTokens({ length, seed, beginning: 'sentence' });
    return { ids, copies: chain.copies(ids, { minimumRun: least }) };
  };
  const { ids, copies } = report(input.order);
  const copyOf = new Int32Array(ids.length).fill(-1);
  copies.runs.forEach(({ start, length: units }, run) => copyOf.fill(run, start, start + units));
  const shown = ids.subarray(0, SHOWN[unit]);
  const state: Copies = {
    curve: [{ memory: input.order, share: copies.share }],
    pieces: pieceTexts(chain, shown).map((text, i) => ({ text, copy: copyOf[i] })),
    share: copies.share,
    longest: copies.longest && { text: copies.longestText!.text, units: copies.longest.length },
  };
  yield { ...state };
  for (let memory = 1; memory <= longestMemory[unit]; memory++) {
    if (memory !== input.order) state.curve = [...state.curve, { memory, share: report(memory).copies.share }].sort((a, b) => a.memory - b.memory);
    yield { ...state };
  }
  return state;
});
