// Measures how much of a text is copied verbatim from another one, for example from the training data of a model.
import { commonPrefixesInSteps, finished, type Steps, suffixArrayInSteps, within } from '@kk/markov';
import { measureOf, type Accumulator, type Measure } from './measure.js';
import { checkChoice, checkInteger } from './options.js';
import type { Statistic } from './statistic.js';
import { UnitNumbers, UnitSequence, units, type Unit } from './units.js';

export interface VerbatimCopiesOptions {
  /** The possible source of the copies. */
  reference: string;
  /** Default 'word'. */
  unit?: Unit;
  /** The minimum length of a copy in units: 1 to 1,000,000. Default 8 words, or 40 characters. */
  minimumRun?: number;
  /** The length of the longest n-grams of `orders`, in units: 1 to 64. Default 8. */
  maxOrder?: number;
}

export interface CopiedNgrams {
  /** n: the number of units in an n-gram. */
  readonly order: number;
  /** The number of n-grams of the text. */
  readonly total: number;
  /** The share of them that also occurs in the reference, from 0 to 1. NaN without n-grams. */
  readonly copied: number;
}

/** A passage of the text that also occurs in the reference. */
export interface CopiedRun {
  /** Its length in units; 0 if there is none. */
  readonly length: number;
  /** Its text, as in the examined text. */
  readonly text: string;
  /** Its start in the text and in the reference, in UTF-16 units; NaN if there is none. */
  readonly start: number;
  readonly referenceStart: number;
}

export interface VerbatimCopies {
  readonly unit: Unit;
  /** The number of units of the text. */
  readonly length: number;
  readonly minimumRun: number;
  /** The share of units in copied passages of at least `minimumRun` units, from 0 to 1. NaN for a text without units. */
  readonly copied: number;
  /**
   * The mean length, in units, of the parts when the text is divided greedily into the longest passages of the reference (a unit that the
   * reference lacks is a part of its own).
   */
  readonly meanRun: number;
  readonly longest: CopiedRun;
  /** From order 1 to `maxOrder`. */
  readonly orders: readonly CopiedNgrams[];
}

/**
 * Finds verbatim copies from a reference. Short n-grams of any text occur in every other text that is long enough: compare `orders` with
 * those of a text that was certainly not copied. Memory: both texts and about 40 bytes per unit of them.
 *
 * Source of the shares by order: R. T. McCoy et al., "How Much Do Language Models Copy From Their Training Data? Evaluating Linguistic
 * Novelty in Text Generation Using RAVEN", TACL 11 (2023).
 *
 * @throws TypeError if there is no reference
 * @throws RangeError if another option is not as described
 */
export const verbatimCopies: Measure<VerbatimCopiesOptions, VerbatimCopies> = /* @__PURE__ */ measureOf('verbatimCopies', { reference: true, unit: true, minimumRun: true, maxOrder: true }, (options) => {
  if (typeof options?.reference !== 'string') throw new TypeError('verbatimCopies needs { reference }: the text that may have been copied from');
  const { reference, unit = 'word', minimumRun = unit === 'word' ? 8 : 40, maxOrder = 8 } = options;
  checkChoice('unit', unit, units);
  checkInteger('minimumRun', minimumRun, 1, 1_000_000);
  checkInteger('maxOrder', maxOrder, 1, 64);
  return new CopiesAccumulator({ reference, unit, minimumRun, maxOrder });
});

class CopiesAccumulator implements Accumulator<VerbatimCopies> {
  readonly #numbers = new UnitNumbers();
  readonly #reference: UnitSequence;
  readonly #text: UnitSequence;

  constructor(readonly options: Required<VerbatimCopiesOptions>) {
    this.#reference = new UnitSequence(options.unit, this.#numbers, true);
    this.#reference.add(options.reference);
    this.#text = new UnitSequence(options.unit, this.#numbers, true);
  }

  add(chunk: string): void {
    this.#text.add(chunk);
  }

  result(): VerbatimCopies {
    return finished(this.resultInSteps());
  }

  *resultInSteps(): Steps<VerbatimCopies> {
    const { unit, minimumRun, maxOrder } = this.options;
    const reference = this.#reference.end();
    const text = this.#text.end();
    const { lengths, places } = yield* longestMatches(text, reference, this.#numbers.size);

    let covered = 0;
    let coveredTo = 0;
    let best = -1;
    lengths.forEach((length, at) => {
      if (length >= minimumRun) {
        covered += Math.max(0, at + length - Math.max(at, coveredTo));
        coveredTo = Math.max(coveredTo, at + length);
      }
      if (length > 0 && (best < 0 || length > lengths[best])) best = at;
    });
    let stretches = 0;
    for (let at = 0; at < text.length; at += Math.max(1, lengths[at])) stretches++;

    return {
      unit, minimumRun,
      length: text.length,
      copied: covered / text.length,
      meanRun: text.length / stretches,
      longest:
        best < 0
          ? { length: 0, text: '', start: NaN, referenceStart: NaN }
          : { length: lengths[best], text: this.#text.slice(best, lengths[best]), start: this.#text.start(best), referenceStart: this.#reference.start(places[best]) },
      orders: Array.from({ length: maxOrder }, (_, at) => {
        const order = at + 1;
        const total = Math.max(0, text.length - at);
        return { order, total, copied: lengths.reduce((sum, length) => sum + (length >= order ? 1 : 0), 0) / total };
      }),
    };
  }
}

/**
 * For each place of a text: the length of the longest match in the reference, and its place there. Both texts are in one suffix array; the
 * best match of a suffix of the text is the next suffix of the reference above or below.
 *
 * @param alphabet numbers run from 0 to alphabet - 1
 */
function* longestMatches(text: Int32Array, reference: Int32Array, alphabet: number): Steps<{ lengths: Int32Array; places: Int32Array }> {
  // A unique number separates them, so that no match crosses the boundary.
  const both = new Int32Array(reference.length + 1 + text.length);
  both.set(reference);
  both[reference.length] = alphabet;
  both.set(text, reference.length + 1);
  const suffixes = yield* within(suffixArrayInSteps(both, alphabet + 1), 0, 0.7);
  const common = yield* within(commonPrefixesInSteps(both, suffixes), 0.7, 0.9);
  const lengths = new Int32Array(text.length);
  const places = new Int32Array(text.length);
  const consider = (suffix: number, length: number, place: number): void => {
    const at = suffix - reference.length - 1;
    if (at < 0 || length < lengths[at] || (length === lengths[at] && place >= places[at])) return;
    lengths[at] = length;
    places[at] = place;
  };
  let length = 0;
  let place = -1;
  for (let i = 0; i < suffixes.length; i++) {
    length = Math.min(length, common[i]);
    consider(suffixes[i], length, place);
    if (suffixes[i] < reference.length) [length, place] = [Infinity, suffixes[i]];
  }
  length = 0;
  for (let i = suffixes.length - 1; i >= 0; i--) {
    consider(suffixes[i], length, place);
    if (suffixes[i] < reference.length) [length, place] = [Infinity, suffixes[i]];
    length = Math.min(length, common[i]);
  }
  return { lengths, places };
}

export const copiesStatistic: Statistic<VerbatimCopies> = {
  functions: { verbatimCopies: 'share of units in passages copied from a `reference`, the longest passage and its place, shared n-grams by order' },
  measure: ({ reference }) => (reference === undefined ? undefined : verbatimCopies.accumulator({ reference })),
  figures: ({ minimumRun }) => [
    {
      group: 'repetition',
      name: { en: `copied, ${minimumRun}+ words`, de: `kopiert, ab ${minimumRun} Wörtern` },
      meaning: {
        en: `the share of words in passages of at least ${minimumRun} words that the first text has, too.`,
        de: `der Anteil der Wörter in Stellen von mindestens ${minimumRun} Wörtern, die auch im ersten Text stehen.`,
      },
      form: 'percent',
      value: ({ copied }) => copied,
    },
    { group: 'repetition', name: { en: 'longest copy, words', de: 'längste Kopie, Wörter' }, form: 'integer', value: ({ longest }) => longest.length },
  ],
};
