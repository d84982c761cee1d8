// Measures how far two texts are apart: by their words or characters, and by the sequences of these.
import { commonPrefixesInSteps, finished, type Steps, suffixArrayInSteps, within } from '@kk/markov';
import { measureOf, type Accumulator, type Measure } from './measure.js';
import { checkChoice, checkInteger } from './options.js';
import type { Statistic } from './statistic.js';
import { UnitNumbers, UnitSequence, units, type Unit } from './units.js';

export interface TextDistanceOptions {
  /** The text to compare with. */
  reference: string;
  /** Default 'word'. */
  unit?: Unit;
  /** The length of the longest n-grams in units: 1 to 64. Default 3. */
  maxOrder?: number;
}

export interface DistanceAtOrder {
  /** n: the number of units in an n-gram. */
  readonly order: number;
  /** The number of n-grams of the text and of the reference, including overlapping ones. */
  readonly total: number;
  readonly referenceTotal: number;
  /**
   * The Jensen-Shannon divergence of the shares of their n-grams, in bits: 0 for equal shares, 1 if they have no n-gram in common. Its square root
   * is a metric. NaN if one has no n-grams.
   */
  readonly divergence: number;
}

export interface TextDistance {
  readonly unit: Unit;
  /** The number of units of each text. */
  readonly length: number;
  readonly referenceLength: number;
  /** From order 1 to `maxOrder`. */
  readonly orders: readonly DistanceAtOrder[];
}

/**
 * The Jensen-Shannon divergence of two texts: the mean of the relative entropies of both distributions to their mean. It is the same with the
 * texts exchanged, up to rounding. Two halves of one text are apart, too, and the more the shorter they are and the longer the n-grams:
 * compare texts of equal length, and with such halves. Memory: both texts and about 30 bytes per unit of them.
 *
 * Source: J. Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Transactions on Information Theory 37 (1991).
 *
 * @throws TypeError if there is no reference
 * @throws RangeError if another option is not as described
 */
export const textDistance: Measure<TextDistanceOptions, TextDistance> = /* @__PURE__ */ measureOf('textDistance', { reference: true, unit: true, maxOrder: true }, (options) => {
  if (typeof options?.reference !== 'string') throw new TypeError('textDistance needs { reference }: the text to compare with');
  const { reference, unit = 'word', maxOrder = 3 } = options;
  checkChoice('unit', unit, units);
  checkInteger('maxOrder', maxOrder, 1, 64);
  return new DistanceAccumulator({ reference, unit, maxOrder });
});

class DistanceAccumulator implements Accumulator<TextDistance> {
  readonly #numbers = new UnitNumbers();
  readonly #reference: UnitSequence;
  readonly #text: UnitSequence;

  constructor(readonly options: Required<TextDistanceOptions>) {
    this.#reference = new UnitSequence(options.unit, this.#numbers);
    this.#reference.add(options.reference);
    this.#text = new UnitSequence(options.unit, this.#numbers);
  }

  add(chunk: string): void {
    this.#text.add(chunk);
  }

  result(): TextDistance {
    return finished(this.resultInSteps());
  }

  *resultInSteps(): Steps<TextDistance> {
    const { unit, maxOrder } = this.options;
    const reference = this.#reference.end();
    const text = this.#text.end();
    // Both in one suffix array, with a number between them that no text has.
    const both = new Int32Array(text.length + 1 + reference.length);
    both.set(text);
    both[text.length] = this.#numbers.size;
    both.set(reference, text.length + 1);
    const suffixes = yield* within(suffixArrayInSteps(both, this.#numbers.size + 1), 0, 0.7);
    const common = yield* within(commonPrefixesInSteps(both, suffixes), 0.7, 0.8);
    const orders: DistanceAtOrder[] = [];
    for (let order = 1; order <= maxOrder; order++) {
      orders.push(distanceAt(order, suffixes, common, text.length));
      yield 0.8 + (0.2 * order) / maxOrder;
    }
    return { unit, length: text.length, referenceLength: reference.length, orders };
  }
}

/** @param length the number of units of the first text, which the separator follows */
function distanceAt(order: number, suffixes: Int32Array, common: Int32Array, length: number): DistanceAtOrder {
  const total = Math.max(0, length - order + 1);
  const referenceTotal = Math.max(0, suffixes.length - length - order);
  let divergence = 0;
  let count = 0;
  let referenceCount = 0;
  for (let i = 0; i <= suffixes.length; i++) {
    if (i === suffixes.length || common[i] < order) {
      divergence += divergenceOf(count / total, referenceCount / referenceTotal);
      count = referenceCount = 0;
    }
    if (suffixes[i] + order <= length) count++;
    else if (suffixes[i] > length && suffixes[i] + order <= suffixes.length) referenceCount++;
  }
  return { order, total, referenceTotal, divergence: total > 0 && referenceTotal > 0 ? Math.min(1, Math.max(0, divergence)) : NaN };
}

/** What an n-gram with these shares adds to the divergence, in bits. */
function divergenceOf(share: number, referenceShare: number): number {
  const mean = (share + referenceShare) / 2;
  return (relative(share, mean) + relative(referenceShare, mean)) / 2;
}

const relative = (share: number, mean: number): number => (share > 0 ? share * Math.log2(share / mean) : 0);

/** No program measures it unasked: it takes as long as the copies, which say more about where a text comes from. */
export const distanceStatistic: Statistic<TextDistance> = {
  functions: {
    textDistance: 'how far a text is from a `reference`: the Jensen-Shannon divergence of their words or characters and of their n-grams, in bits, 0 to 1, the same in both directions',
  },
};
