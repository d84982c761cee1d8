// Chapter 2: all places of a passage in the text, and a part of the text around one of them.
import type { TextInput } from '../../figures/use-text.js';
import { chainOf, indexOf } from '../chains.js';
import { defineJob } from '../job.js';
import { textKey } from '../texts.js';
import type { ChainUnit } from '../units.js';

/** How much of the text is shown before and after a place, in UTF-16 units. */
const AROUND = 500;

export interface SourcesInput {
  text: TextInput;
  unit: ChainUnit;
  /** The passage: what the chain saw, and the piece that it wrote. */
  ids: readonly number[];
  /** Which place is shown, from 0. */
  at: number;
}

export interface Sources {
  /** How many units of the passage were found together: its end, if the whole was never in the text. */
  units: number;
  /** Where the passage begins and ends in the text, and where its last piece begins, of each place; in UTF-16 units. */
  starts: Int32Array;
  lasts: Int32Array;
  ends: Int32Array;
  /** The length of the whole text. */
  length: number;
  /** A part of the text around the place. */
  part: { from: number; text: string };
}

export default defineJob(async function* (input: SourcesInput, tools): AsyncGenerator<Sources, Sources> {
  const chain = await indexOf(tools, await chainOf(tools, input));
  const text = chain.parts.strings[0]!;
  let passage = input.ids;
  let found = chain.occurrences(passage);
  while (found.length === 0 && passage.length > 1) {
    passage = passage.slice(1);
    found = chain.occurrences(passage);
  }
  const spans = await tools.keep(`spans ${input.unit} ${textKey(input.text)}`, () => chain.parts.coder.spans(text));
  const place = found[Math.min(input.at, found.length - 1)] ?? { start: 0, end: 0 };
  const from = beginningOfWord(text, place.start - AROUND);
  const to = beginningOfWord(text, place.end + AROUND);
  const sources: Sources = {
    units: passage.length,
    starts: Int32Array.from(found, ({ start }) => start),
    lasts: Int32Array.from(found, ({ position }) => spans.starts[position + passage.length - 1]),
    ends: Int32Array.from(found, ({ end }) => end),
    length: text.length,
    part: { from, text: text.slice(from, to) },
  };
  yield sources;
  return sources;
});

/** A place at or before this one where a word begins, so that no word is cut. */
function beginningOfWord(text: string, at: number): number {
  if (at <= 0) return 0;
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return space < at - 60 ? at : space + 1;
}
