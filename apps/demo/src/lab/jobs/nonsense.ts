// Chapter 2: a chain writes a text. The visitor may have chosen some pieces; after each of them the chain begins anew with its seed.
import type { TextMarkov } from '@kk/markov';
import type { TextInput } from '../../figures/use-text.js';
import { chainOf, pieceTexts } from '../chains.js';
import { defineJob } from '../job.js';
import type { ChainUnit } from '../units.js';

export interface NonsenseInput {
  text: TextInput;
  unit: ChainUnit;
  /** How many units the chain looks back. */
  order: number;
  seed: number;
  /** How many units the text has. */
  length: number;
  /** The pieces that the visitor chose: their places and ids, in ascending order. */
  picks?: readonly OwnPiece[];
}

export interface OwnPiece {
  at: number;
  id: number;
}

export interface WrittenPiece {
  id: number;
  text: string;
  /** Whether the visitor chose it. */
  mine: boolean;
}

export interface Nonsense {
  pieces: WrittenPiece[];
  /** The length of the text that was counted, in units. */
  counted: number;
  /** How many different contexts of this memory the text has, each with a die of its own. */
  contexts: number;
  /** The text that the last own choice ends; empty if the visitor chose nothing. For the code. */
  prompt: string;
}

/** The ids of the text. */
export function writtenIds(chain: TextMarkov, { seed, length, picks = [] }: Pick<NonsenseInput, 'seed' | 'length' | 'picks'>): number[] {
  const ids: number[] = [];
  const writeUntil = (end: number): void => {
    const stream = chain.stream({ seed, beginning: 'sentence', prompt: ids.slice() });
    while (ids.length < end) ids.push(stream.next().value);
  };
  for (const { at, id } of picks) {
    if (at < ids.length || id < 0 || id >= chain.tokens.length) continue; // of a link for another text
    writeUntil(at);
    ids.push(id);
  }
  writeUntil(length);
  return ids;
}

export default defineJob(async function* (input: NonsenseInput, tools): AsyncGenerator<Nonsense, Nonsense> {
  const chain = await chainOf(tools, input);
  const ids = writtenIds(chain, input);
  const mine = new Set((input.picks ?? []).map(({ at }) => at));
  const texts = pieceTexts(chain, ids);
  const last = Math.max(-1, ...mine);
  const result: Nonsense = {
    pieces: ids.map((id, i) => ({ id, text: texts[i], mine: mine.has(i) })),
    counted: chain.sources[0].length,
    contexts: chain.counted.ngramCounts()[input.order - 1] ?? 0,
    prompt: chain.decode(ids.slice(0, last + 1)),
  };
  yield result;
  return result;
});
