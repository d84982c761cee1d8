// How much surprise is left in a text once one knows the units before: entropies of its n-grams.
import { measureOf, type Accumulator, type Measure } from './measure.js';
import { NgramGroups } from './ngram-groups.js';
import { checkChoice, checkInteger } from './options.js';
import { UnitNumbers, UnitSequence, units, type Unit } from './units.js';

export interface EntropyOptions {
  /** Default 'character'. */
  unit?: Unit;
  /** The longest n-grams, in units: 1 to 64. Default 8. */
  maxOrder?: number;
}

export interface OrderEntropy {
  /** n: units in an n-gram. The conditional entropies are those of a unit after the n - 1 units before it. */
  readonly order: number;
  /** n-grams in the text, overlapping ones included. 0 for a text of fewer units; then all else is NaN. */
  readonly total: number;
  /** Different n-grams. */
  readonly distinct: number;
  /** Share of the n-grams that came only once, from 0 to 1. By Good and Turing about the chance that the next one is new: where it is not small, all figures here are too low. */
  readonly onceShare: number;
  /** H(n), plug-in estimate in bits per n-gram: -sum of p log2 p over the shares p of the n-grams. */
  readonly block: number;
  /** H(n) with the correction of Miller and Madow: + (distinct - 1) / (2 total ln 2). */
  readonly blockCorrected: number;
  /** h(n) = H(n) - H(n-1), plug-in, in bits per unit. */
  readonly conditional: number;
  /** h(n) out of corrected values. */
  readonly conditionalCorrected: number;
}

export interface Entropy {
  readonly unit: Unit;
  /** Units of the text. */
  readonly length: number;
  /** Order 1 to `maxOrder`. */
  readonly orders: readonly OrderEntropy[];
}

/**
 * Entropy by order. Plug-in estimates are too low, the more so the higher the order: a text of N units cannot show more than log2 N bits,
 * and h(n) falls to 0 once every n-gram is new, however random the text is. The correction of Miller and Madow takes away the first term
 * of the bias only, so that both are to be trusted only where `onceShare` is small. Memory: about 25 bytes a unit.
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
    const sequence = this.#sequence.end();
    const groups = new NgramGroups(sequence, this.#numbers.size);
    const orders: OrderEntropy[] = [];
    let before = { block: 0, blockCorrected: 0 };
    for (let order = 1; order <= this.maxOrder; order++) {
      const { total, distinct, once, sumCountLogCount } = groups.counts(order);
      // The logarithm of nothing and shares of nothing are NaN by themselves.
      const block = total === 0 ? NaN : Math.max(0, (Math.log(total) - sumCountLogCount / total) / Math.LN2);
      const blockCorrected = block + (distinct - 1) / (2 * total * Math.LN2);
      orders.push({
        order, total, distinct, block, blockCorrected,
        onceShare: once / total,
        conditional: block - before.block,
        conditionalCorrected: blockCorrected - before.blockCorrected,
      });
      before = { block, blockCorrected };
    }
    return { unit: this.unit, length: sequence.length, orders };
  }
}
