// Measures the entropy of the n-grams of a text, and so of a unit given the units before it.
import { finished, type Steps, within } from '@kk/markov';
import { measureOf, type Accumulator, type Measure } from './measure.js';
import { type NgramCounts, NgramGroups } from './ngram-groups.js';
import { checkChoice, checkInteger } from './options.js';
import type { Statistic } from './statistic.js';
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
export const entropyByOrder: Measure<EntropyOptions, Entropy> = /* @__PURE__ */ measureOf<EntropyOptions, Entropy>('entropyByOrder', { unit: true, maxOrder: true }, ({ unit = 'character', maxOrder = 8 } = {}) => {
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

/** Above this share the estimate reflects the length of the text more than the text itself. */
const DOUBTFUL_SHARE = 0.5;

/** The entropies that are shown: after 0, 1, 2, 4 and 7 units, as far as they are measured. */
const shownBefore = (orders: readonly OrderEntropy[]): number[] => [0, 1, 2, 4, 7].filter((before) => before < orders.length);

const german = (count: number, unit: Unit): string => (unit === 'character' ? 'Zeichen' : count === 1 ? 'Wort' : 'Wörtern');
const english = (count: number, unit: Unit): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

export const entropyStatistic: Statistic<Entropy> = {
  functions: { entropyByOrder: "block and conditional entropy of characters or words for n = 1 to 64, plug-in and with Miller and Madow's correction, never below 0, and how reliable it is" },
  work: ({ unit }) => (unit === 'character' ? 9 : 2),
  measure: ({ unit, maxOrder }) => entropyByOrder.accumulator({ unit, maxOrder }),
  figures: ({ unit, orders }) =>
    shownBefore(orders).map((before) => ({
      group: 'entropy',
      name: before === 0 ? { en: `a ${unit}`, de: `je ${german(1, unit)}` } : { en: `after ${english(before, unit)}`, de: `nach ${before} ${german(before, unit)}` },
      form: { decimals: 2 },
      value: (entropy) => entropy.orders[before].conditionalCorrected,
      isDoubtful: (entropy) => entropy.orders[before].onceShare > DOUBTFUL_SHARE,
    })),
  meaning: ({ unit }) => ({
    en: `how many yes-or-no questions it takes on average to guess a ${unit}, if one knows those before it. Fewer means easier to predict.`,
    de: `wie viele Ja-Nein-Fragen man im Durchschnitt braucht, um ${unit === 'word' ? 'ein Wort' : 'ein Zeichen'} zu erraten, wenn man die davor kennt. Weniger heißt: leichter vorherzusagen.`,
  }),
  note({ unit, orders }) {
    const last = shownBefore(orders).at(-1);
    if (!last) return undefined;
    return {
      en: `"after ${english(last, unit)}" is for a chain that looks ${last} back: n-grams of ${last + 1}.`,
      de: `„nach ${last} ${german(last, unit)}“ meint eine Kette, die ${last} zurückblickt: n-Gramme aus ${last + 1}.`,
    };
  },
  // On the command line a unit and an order have these names: the order is what a chain looks back on.
  inJSON: ({ unit, orders, ...rest }) => ({ ...rest, unit: unit === 'character' ? 'char' : unit, orders: orders.map(({ order: ngram, ...figures }) => ({ order: ngram - 1, ngram, ...figures })) }),
};
