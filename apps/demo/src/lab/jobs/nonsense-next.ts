// Chapter 2: what followed a context in the text, and how often, with every memory from 1 to the longest.
import type { TextInput } from '../../figures/use-text.js';
import { chainOf, pieceTexts } from '../chains.js';
import { defineJob } from '../job.js';
import { longestMemory, type ChainUnit } from '../units.js';

/** More different pieces than this are only counted. */
const SHOWN = 12;

export interface NextInput {
  text: TextInput;
  unit: ChainUnit;
  order: number;
  /** What stands before: ids, or a text; an empty text is the beginning of the chain's text. */
  context: readonly number[] | string;
}

export interface Next {
  /** The end of the context, as far as it is seen. */
  pieces: { id: number; text: string }[];
  /** How many of these units the chain uses: its memory, or fewer where the whole memory was never followed by anything. */
  used: number;
  /** The pieces that followed, most frequent first. */
  options: { id: number; text: string; count: number }[];
  /** How many different pieces followed, and how often anything did. */
  different: number;
  total: number;
  /** The same numbers for each memory, from 1 up; `different` 0 where the context never occurred. */
  byMemory: { memory: number; different: number; total: number }[];
  /** A unit of the context that the text does not have; nothing else is known then. */
  unknown?: string;
}

export default defineJob(async function* (input: NextInput, tools): AsyncGenerator<Next, Next> {
  const chain = await chainOf(tools, input);
  const { counted } = chain;
  const most = longestMemory[input.unit];
  const nothing: Next = { pieces: [], used: 0, options: [], different: 0, total: 0, byMemory: [] };
  let ids: number[];
  try {
    ids = typeof input.context !== 'string' ? [...input.context] : input.context === '' ? beginningOf(chain.parts.texts[0].ids!(), input) : [...chain.encode(input.context)];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const unknown: Next = { ...nothing, unknown: /^"(.*?)"/.exec(error.message)?.[1] ?? '' };
    yield unknown;
    return unknown;
  }
  const longest = await chainOf(tools, { ...input, order: most });
  const followers = (memory: number): { id: number; count: number }[] => (memory > ids.length ? [] : longest.counted.counts(memory === 0 ? [] : ids.slice(-memory)));
  const sum = (list: readonly { count: number }[]): number => list.reduce((total, { count }) => total + count, 0);
  let used = Math.min(counted.order, ids.length);
  while (used > 0 && followers(used).length === 0) used--;
  const list = followers(used);
  const last = ids.at(-1);
  const shown = ids.slice(-most - 12);
  const texts = pieceTexts(chain, shown);
  const next: Next = {
    pieces: shown.map((id, i) => ({ id, text: texts[i] })),
    used,
    options: list.slice(0, SHOWN).map(({ id, count }) => ({ id, text: pieceTexts(chain, last === undefined ? [id] : [last, id]).at(-1)!, count })),
    different: list.length,
    total: sum(list),
    byMemory: Array.from({ length: most }, (_, i) => ({ memory: i + 1, different: followers(i + 1).length, total: sum(followers(i + 1)) })),
  };
  yield next;
  return next;
});

/** As many units from the beginning of a text as the memory has. */
const beginningOf = (ids: ArrayLike<number>, { order }: NextInput): number[] => Array.from(ids).slice(0, order);
