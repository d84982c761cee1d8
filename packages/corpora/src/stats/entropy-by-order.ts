// Measures the entropy of the n-grams of a text, and so of a unit given the units before it.
import { finished, type Steps, within } from '@kk/markov';
import { measureOf, type Accumulator, type Measure } from './measure.js';
import { type NgramCounts, NgramGroups } from './ngram-groups.js';
import { checkChoice, checkInteger } from './options.js';
import { UnitNumbers, UnitSequence, units, type Unit } from './units.js';

export interface EntropyOptions {
  /** Default 'character'. */
  unit?: Unit;
  /** The length of the longest n-grams in units: 1 to 64. Default 8. */
  maxOrder?: number;
}

export interface OrderEntropy {
  /** n: the number of units in an n-gram. The conditional entropies are those of a unit given the n - 1 units before it. */
  readonly order: number;
  /** The number of n-grams in the text, including overlapping ones. 0 for a text with fewer units; then all other values are NaN. */
  readonly total: number;
  /** The number of different n-grams. */
  readonly distinct: number;
  /**
   * The share of n-grams that occurred only once, from 0 to 1. By Good and Turing it is about the probability that the next one is new. If
   * it is not small, all other values are too low.
   */
  readonly onceShare: number;
  /** H(n), plug-in estimate in bits per n-gram: -sum of p log2 p over the shares p of the n-grams. */
  readonly block: number;
  /** H(n) with Miller and Madow's correction: + (distinct - 1) / (2 total ln 2). */
  readonly blockCorrected: number;
  /**
   * h(n), plug-in, in bits per unit: H(n) less the entropy of the (n-1)-grams that go on, which are all but the last one of the text. So it is
   * the mean entropy of what follows them, and never below 0.
   */
  readonly conditional: number;
  /** h(n) with Miller and Madow's correction of both, + (distinct - distinct (n-1)-grams that go on) / (2 total ln 2). */
  readonly conditionalCorrected: number;
}

export interface Entropy {
  readonly unit: Unit;
  /** The number of units of the text. */
  readonly length: number;
  /** From order 1 to `maxOrder`. */
  readonly orders: readonly OrderEntropy[];
}

/**
 * Entropy by order. Plug-in estimates are too low, and more so at higher orders: a text of N units cannot show more than log2 N bits, and
 * h(n) falls to 0 once every n-gram is new, however random the text is. Miller and Madow's correction removes only the first term of the
 * bias, so trust both only if `onceShare` is small. Memory: about 25 bytes per unit.
 *
 * Sources: C. Shannon, "Prediction and Entropy of Printed English", Bell System Technical Journal 30 (1951); G. Miller, "Note on the bias
 * of information estimates" (1955).
 *
 * @throws RangeError if an option is not as described
 */
export const entropyByOrder: Measure<EntropyOptions, Entropy> = /* @__PURE__ */ measureOf<EntropyOptions, Entropy>('entropyByOrder', ({ unit = 'character', maxOrder = 8 } = {}) => {
  checkChoice('unit', unit, units);
  checkInteger('maxOrder', maxOrder, 1, 64);
  return new EntropyAccumulator(unit, maxOrder);
});

class EntropyAccumulator implements Accumulator<Entropy> {
  readonly #numbers = new UnitNumbers();
  readonly #sequence: UnitSequence;

  constructor(readonly unit: Unit, readonly maxOrder: number) {
    this.#sequence = new UnitSequence(unit, this.#numbers);
  }

  add(chunk: string): void {
    this.#sequence.add(chunk);
  }

  result(): Entropy {
    return finished(this.resultInSteps());
  }

  *resultInSteps(): Steps<Entropy> {
    const sequence = this.#sequence.end();
    const groups = yield* within(NgramGroups.ofInSteps(sequence, this.#numbers.size), 0, 0.8);
    const orders: OrderEntropy[] = [];
    // The empty n-gram stands before every unit.
    let goingOn = { distinct: 1, sumCountLogCount: sequence.length * Math.log(sequence.length) };
    for (let order = 1; order <= this.maxOrder; order++) {
      const counts = groups.counts(order);
      const { total, distinct, once, sumCountLogCount } = counts;
      // For an empty text, logarithms and shares are NaN by themselves.
      const block = total === 0 ? NaN : Math.max(0, (Math.log(total) - sumCountLogCount / total) / Math.LN2);
      const conditional = total === 0 ? NaN : Math.max(0, (goingOn.sumCountLogCount - sumCountLogCount) / total / Math.LN2);
      orders.push({
        order, total, distinct, block,
        blockCorrected: block + (distinct - 1) / (2 * total * Math.LN2),
        onceShare: once / total,
        conditional,
        conditionalCorrected: conditional + (distinct - goingOn.distinct) / (2 * total * Math.LN2),
      });
      goingOn = withoutLast(counts);
      yield 0.8 + (0.2 * order) / this.maxOrder;
    }
    return { unit: this.unit, length: sequence.length, orders };
  }
}

/** The n-grams that have a unit after them: all but the last one of the text. */
function withoutLast({ distinct, sumCountLogCount, countOfLast }: NgramCounts): { distinct: number; sumCountLogCount: number } {
  return { distinct: countOfLast === 1 ? distinct - 1 : distinct, sumCountLogCount: sumCountLogCount - countLogCount(countOfLast) + countLogCount(countOfLast - 1) };
}

const countLogCount = (count: number): number => (count > 1 ? count * Math.log(count) : 0);
