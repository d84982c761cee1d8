// Chapter 2: a chain writes a text. The visitor may have chosen some pieces; after each of them the chain begins anew with its seed.
import type { TextMarkov } from '@kk/markov';
import type { TextInput } from '../../figures/use-text.js';
import { chainOf, pieceTexts } from '../chains.js';
import { defineJob, type Tools } from '../job.js';
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
  /** So many pieces are there at once; one more comes with each step. By default all. */
  shown?: number;
  /** The time between two pieces, in milliseconds; 0 for no time. */
  pace?: number;
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
  /** Whether the chain saw less than it could before this piece, because the text that it read ended there. */
  jump: boolean;
}

export interface Nonsense {
  /** The text so far. */
  pieces: WrittenPiece[];
  /** The length of the text that was counted, in units. */
  counted: number;
  /** How many different contexts of this memory the text has, each with a die of its own. */
  contexts: number;
  /** The text that the last own choice ends; empty if the visitor chose nothing. For the code. */
  prompt: string;
}

/** The places before which the text that was read ended: the end of what is written was never followed by anything, and the chain looked less far back. */
function jumpsOf({ counted }: TextMarkov, ids: readonly number[], order: number): Set<number> {
  const jumps = new Set<number>();
  for (let at = 0, seen = 0; at < ids.length; at++) {
    const wanted = at === 0 ? 0 : Math.min(order, seen + 1);
    for (seen = wanted; seen > 0 && counted.counts(ids.slice(at - seen, at)).length === 0; seen--);
    if (seen < wanted) jumps.add(at);
  }
  return jumps;
}

/** The ids of the text, and which of the choices it could take: a link may come with those for another text. */
function written(chain: TextMarkov, { seed, length, picks = [] }: NonsenseInput): { ids: number[]; taken: OwnPiece[] } {
  const ids: number[] = [];
  const writeUntil = (end: number): void => {
    const stream = chain.stream({ seed, beginning: 'sentence', prompt: ids.slice() });
    while (ids.length < end) ids.push(stream.next().value);
  };
  const taken = picks.filter(({ at, id }) => {
    const fits = at >= ids.length && at < length && id < chain.tokens.length;
    if (fits) {
      writeUntil(at);
      ids.push(id);
    }
    return fits;
  });
  writeUntil(length);
  return { ids, taken };
}

export default defineJob(async function* (input: NonsenseInput, tools): AsyncGenerator<Nonsense, Nonsense> {
  const chain = await chainOf(tools, input);
  const { ids, taken } = written(chain, input);
  const { length, shown = length, pace = 0 } = input;
  const mine = new Set(taken.map(({ at }) => at));
  const jumps = jumpsOf(chain, ids, input.order);
  const texts = pieceTexts(chain, ids);
  const last = taken.at(-1)?.at ?? -1;
  const pieces = ids.map((id, i) => ({ id, text: texts[i], mine: mine.has(i), jump: jumps.has(i) }));
  const known = { counted: chain.sources[0].length, contexts: chain.counted.ngramCounts()[input.order - 1] ?? 0, prompt: chain.decode(ids.slice(0, last + 1)) };
  for (let count = Math.min(shown, length); ; count++) {
    const state: Nonsense = { pieces: pieces.slice(0, count), ...known };
    if (count > 0 || length === 0) yield state;
    if (count >= length) return state;
    await pause(tools, pace);
  }
});

/** Waits so long, in which other runs go on; ends early when the run is cancelled. */
async function pause(tools: Tools, milliseconds: number): Promise<void> {
  for (const until = performance.now() + milliseconds; performance.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(100, until - performance.now())));
    await tools.breathe();
  }
}
