// Chapter 2: what followed a context in the text, and how often, with every memory from 1 to the longest.
import type { TextMarkov } from '@kk/markov';
import type { TextInput } from '../../figures/use-text.js';
import { chainOf, pieceTexts } from '../chains.js';
import { defineJob } from '../job.js';
import { longestMemory, type ChainUnit } from '../units.js';

export interface NextInput {
  text: TextInput;
  unit: ChainUnit;
  order: number;
  /** What stands before: ids, or a text; without one, a place near the beginning of the chain's text where much can follow. */
  context: readonly number[] | string;
}

export interface Next {
  /** The end of the context, as far as it is seen. */
  pieces: { id: number; text: string }[];
  /** How many of these units the chain uses: its memory, or fewer where the whole memory was never followed by anything. */
  used: number;
  /** The pieces that followed, most frequent first: as seen in a text, and as tokens of the chain. */
  options: { id: number; text: string; token: string; count: number }[];
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
  const longest = await chainOf(tools, { ...input, order: most });
  const nothing: Next = { pieces: [], used: 0, options: [], different: 0, total: 0, byMemory: [] };
  let ids: number[];
  try {
    ids = typeof input.context !== 'string' ? [...input.context] : input.context === '' ? livelyPlace(longest, input.unit) : [...chain.encode(input.context)];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const unknown: Next = { ...nothing, unknown: /^"(.*?)"/.exec(error.message)?.[1] ?? '' };
    yield unknown;
    return unknown;
  }
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
    options: list.map(({ id, count }) => ({ id, text: pieceTexts(chain, last === undefined ? [id] : [last, id]).at(-1)!, token: chain.tokens[id], count })),
    different: list.length,
    total: sum(list),
    byMemory: Array.from({ length: most }, (_, i) => ({ memory: i + 1, different: followers(i + 1).length, total: sum(followers(i + 1)) })),
  };
  yield next;
  return next;
});

/** How many units at the beginning of a text are looked at for a place to begin with, and how much memory counts there. */
const LOOKED_AT = 400;
const MEMORY = { character: 3, word: 1 } as const;

/** The units up to a place near the beginning of the text after which the most different units followed elsewhere. */
function livelyPlace(chain: TextMarkov, unit: ChainUnit): number[] {
  const most = longestMemory[unit];
  const ids = Array.from(chain.parts.texts[0].ids!().subarray(0, LOOKED_AT));
  const memory = Math.min(MEMORY[unit], chain.order);
  let best = Math.min(most, ids.length);
  let choice = 0;
  for (let end = best; end <= ids.length; end++) {
    const different = chain.counted.counts(ids.slice(end - memory, end)).length;
    if (different > choice && /\p{L}$/u.test(chain.tokens[ids[end - 1]])) [best, choice] = [end, different];
  }
  return ids.slice(Math.max(0, best - most), best);
}
