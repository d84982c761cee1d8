// Deciders: a seeded random one, one that repeats recorded decisions, and one that begins as another does.

import { mersenne, unsafeUniformIntDistribution } from 'pure-rand';
import type { ChoiceNode, PickNode } from './nodes.js';
import type { Decider } from './write.js';
import type { Word } from './words.js';

/**
 * Draws options by their weights and words uniformly, without bias (integers by rejection).
 *
 * It uses the Mersenne Twister, which scrambles its seed: neighbouring seeds give unrelated stories from the first choice on.
 *
 * @param seed an integer from 0 to 2^32 - 1
 */
export function randomDecider(seed: number): Decider {
  const random = mersenne(seed);
  const below = (n: number) => unsafeUniformIntDistribution(0, n - 1, random);
  return {
    option({ options, total }: ChoiceNode): number {
      let left = below(total);
      let index = 0;
      while (left >= options[index].weight) left -= options[index++].weight;
      return index;
    },
    word({ variable: { category } }: PickNode, excepted: readonly Word[]): number {
      if (excepted.length === 0) return below(category.words.length);
      const taken = excepted.map((word) => category.words.indexOf(word)).sort((a, b) => a - b);
      let index = below(category.words.length - taken.length);
      for (const position of taken) if (index >= position) index++;
      return index;
    },
  };
}

/** Repeats the decisions of a derivation from `parse`. */
export function replay(decisions: readonly number[]): Decider {
  let next = 0;
  const decide = () => decisions[next++];
  return { option: decide, word: decide };
}

/** The first decisions as the one makes them, `count` of them, and all others as the other does. */
export function inTurn(first: Decider, count: number, other: Decider): Decider {
  let made = 0;
  const next = () => (made++ < count ? first : other);
  return { option: (choice) => next().option(choice), word: (pick, excepted) => next().word(pick, excepted) };
}
