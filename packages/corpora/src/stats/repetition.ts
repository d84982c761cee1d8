// Measures how much a text repeats itself.
import { finished, type Steps, within } from '@kk/markov';
import { measureOf, type Accumulator, type Measure } from './measure.js';
import { NgramGroups } from './ngram-groups.js';
import { checkChoice, checkInteger } from './options.js';
import type { Statistic } from './statistic.js';
import { UnitNumbers, UnitSequence, units, type Unit } from './units.js';

export interface RepetitionOptions {
  /** Default 'word'. */
  unit?: Unit;
  /** The length of the longest n-grams in units: 1 to 64. Default 8. */
  maxOrder?: number;
}

export interface RepetitionRate {
  /** n: the number of units in an n-gram. */
  readonly order: number;
  /** The number of n-grams in the text, including overlapping ones. */
  readonly total: number;
  /** The share of n-grams that occurred before: 1 - distinct / total, from 0 to 1. NaN without n-grams. */
  readonly repeated: number;
}

/** A passage that occurs again. */
export interface RepeatedStretch {
  /** Its length in units; 0 if nothing is repeated. */
  readonly length: number;
  /** Its text at the first place; empty if there is none. */
  readonly text: string;
  /** The two places, in UTF-16 units of the text; NaN if there are none. They may overlap. */
  readonly first: number;
  readonly second: number;
}

export interface Repetition {
  readonly unit: Unit;
  /** The number of units of the text. */
  readonly length: number;
  /** From order 1 to `maxOrder`. Longer texts repeat more: compare texts of equal length. */
  readonly orders: readonly RepetitionRate[];
  readonly longest: RepeatedStretch;
}

/**
 * Repeated n-grams by order ("seq-rep-n") and the longest repeated passage. Memory: the text and about 30 bytes per unit.
 *
 * Source: S. Welleck et al., "Neural Text Generation with Unlikelihood Training", ICLR (2020), section 6.
 *
 * @throws RangeError if an option is not as described
 */
export const repetition: Measure<RepetitionOptions, Repetition> = /* @__PURE__ */ measureOf<RepetitionOptions, Repetition>('repetition', { unit: true, maxOrder: true }, ({ unit = 'word', maxOrder = 8 } = {}) => {
  checkChoice('unit', unit, units);
  checkInteger('maxOrder', maxOrder, 1, 64);
  return new RepetitionAccumulator(unit, maxOrder);
});

class RepetitionAccumulator implements Accumulator<Repetition> {
  readonly #numbers = new UnitNumbers();
  readonly #sequence: UnitSequence;

  constructor(readonly unit: Unit, readonly maxOrder: number) {
    this.#sequence = new UnitSequence(unit, this.#numbers, true);
  }

  add(chunk: string): void {
    this.#sequence.add(chunk);
  }

  result(): Repetition {
    return finished(this.resultInSteps());
  }

  *resultInSteps(): Steps<Repetition> {
    const sequence = this.#sequence.end();
    const groups = yield* within(NgramGroups.ofInSteps(sequence, this.#numbers.size), 0, 0.8);
    const orders: RepetitionRate[] = [];
    for (let at = 1; at <= this.maxOrder; at++) {
      const { order, total, distinct } = groups.counts(at);
      orders.push({ order, total, repeated: 1 - distinct / total });
      yield 0.8 + (0.2 * at) / this.maxOrder;
    }
    const found = groups.longestRepetition();
    const longest = found
      ? { length: found.length, text: this.#sequence.slice(found.first, found.length), first: this.#sequence.start(found.first), second: this.#sequence.start(found.second) }
      : { length: 0, text: '', first: NaN, second: NaN };
    return { unit: this.unit, length: sequence.length, orders, longest };
  }
}

/** The length of the n-grams whose share is shown. */
const SHOWN_ORDER = 4;

export const repetitionStatistic: Statistic<Repetition> = {
  functions: { repetition: 'share of n-grams that occurred before, by order; the longest repeated passage and its places' },
  measure: () => repetition.accumulator(),
  figures: () => [
    {
      group: 'repetition',
      name: { en: `${SHOWN_ORDER} words seen before`, de: `${SHOWN_ORDER} Wörter schon da` },
      meaning: {
        en: `the share of sequences of ${SHOWN_ORDER} words that came earlier in the same text.`,
        de: `der Anteil der Folgen von ${SHOWN_ORDER} Wörtern, die früher im selben Text schon da waren.`,
      },
      form: 'percent',
      value: ({ orders }) => orders[SHOWN_ORDER - 1].repeated,
    },
    { group: 'repetition', name: { en: 'longest, in words', de: 'längste, in Wörtern' }, form: 'integer', value: ({ longest }) => longest.length },
  ],
  inJSON: (result) => ({ ...result, orders: result.orders.map(({ order: ngram, ...figures }) => ({ ngram, ...figures })) }),
};
