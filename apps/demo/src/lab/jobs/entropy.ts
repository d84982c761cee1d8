// Chapter 3: how surprising the next letter is when the letters before it are known, for each kind of text.
import { storyEntropy } from '@kk/corpora';
import { entropyByOrder } from '@kk/corpora/stats';
import { defineJob } from '../job.js';
import { inPieces, measureKinds, type Measured } from '../kinds/measure.js';
import type { KindsInput } from '../kinds/names.js';

export interface EntropyAtOrder {
  /** How many letters before it are known. */
  known: number;
  /** Bits for the next letter, corrected after Miller and Madow. */
  bits: number;
  /** The share of sequences that occur only once; if it is not small, the bits are too low. */
  onceShare: number;
}

/** The longest sequences that are counted, in letters. */
export const LONGEST = 13;

export interface Entropies extends Measured<EntropyAtOrder[]> {
  /** What no reader can be below, whatever it remembers: bits per letter of the grammar, exactly. */
  floor: number;
}

export default defineJob(async function* (input: KindsInput, tools): AsyncGenerator<Entropies, Entropies> {
  const floor = storyEntropy(input.language).natsPerCharacter / Math.LN2;
  const steps = measureKinds(tools, input, async (text): Promise<EntropyAtOrder[]> => {
    const { orders } = await inPieces(tools, text, entropyByOrder.accumulator({ maxOrder: LONGEST }));
    return orders.filter(({ total }) => total > 0).map(({ order, conditionalCorrected, onceShare }) => ({ known: order - 1, bits: conditionalCorrected, onceShare }));
  });
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { ...value, floor };
    yield { ...value, floor };
  }
});
