// Markov chains of the visitor's texts. A text is counted once, for the longest memory; shorter memories are the first levels of these
// counts, which is why a slider can change them at once.
import { TextMarkov } from '@kk/markov';
import type { TextInput } from '../figures/use-text.js';
import type { Tools } from './job.js';
import { textKey, textOf } from './texts.js';
import { longestMemory, type ChainUnit } from './units.js';

/** A text of fewer characters is counted in a millisecond; keeping its chain would only push others out. */
const SHORT = 2000;

/** A chain that is being counted, or is ready. Whoever waits for it takes its next step, so that it is finished though others gave up. */
interface Counting {
  steps: Generator<number, TextMarkov, void>;
  chain?: TextMarkov;
}

/**
 * The chain of a text with a memory of `order` units, by default the longest.
 * @throws RangeError if the text is empty
 */
export async function chainOf(tools: Tools, { text, unit, order = longestMemory[unit] }: { text: TextInput; unit: ChainUnit; order?: number }): Promise<TextMarkov> {
  if ('own' in text && text.own.length < SHORT) return TextMarkov.train(text.own, { unit, order });
  const counting = await tools.keep<Counting>(`chain ${unit} ${textKey(text)}`, async () => ({
    steps: TextMarkov.trainInSteps([await textOf(tools, text)], { unit, order: longestMemory[unit] }),
  }));
  while (!counting.chain) {
    await tools.breathe();
    if (counting.chain) break; // another run took the last step
    const { done, value } = counting.steps.next();
    if (done) counting.chain = value;
    else tools.preparing('chain', value);
  }
  return order === counting.chain.order ? counting.chain : counting.chain.withOrder(order);
}

const buildings = new WeakMap<object, Generator<number, void, void>>();

/** Builds the index that finds passages in the chain's text, with the same chain for all memories. */
export async function indexOf(tools: Tools, chain: TextMarkov): Promise<TextMarkov> {
  const { sourceIndex } = chain.counted;
  let building = buildings.get(sourceIndex);
  if (!building) buildings.set(sourceIndex, (building = sourceIndex.buildInSteps()));
  for (;;) {
    await tools.breathe();
    const { done, value } = building.next();
    if (done) return chain;
    tools.preparing('index', value);
  }
}

/** Each piece as it is seen in the text: with words, the space before it is a part of it. */
export function pieceTexts(chain: TextMarkov, ids: ArrayLike<number>): string[] {
  return Array.from(ids, (id, i) => (i === 0 ? chain.decode([id]) : chain.decode([ids[i - 1], id]).slice(chain.decode([ids[i - 1]]).length)));
}
