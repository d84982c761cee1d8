// How much of a text stands word for word in another one, for example in what a model was trained on.
import { commonPrefixes, suffixArray } from '@kk/markov';
import { measureOf, type Accumulator, type Measure } from './measure.js';
import { checkChoice, checkInteger } from './options.js';
import { UnitNumbers, UnitSequence, units, type Unit } from './units.js';

export interface VerbatimCopiesOptions {
  /** The text that may have been copied from. */
  reference: string;
  /** Default 'word'. */
  unit?: Unit;
  /** A run of so many units counts as a copy: 1 to 1,000,000. Default 8 words, or 40 characters. */
  minimumRun?: number;
  /** The longest n-grams of `orders`, in units: 1 to 64. Default 8. */
  maxOrder?: number;
}

export interface CopiedNgrams {
  /** n: units in an n-gram. */
  readonly order: number;
  /** n-grams of the text. */
  readonly total: number;
  /** Share of them that the reference has too, from 0 to 1. NaN without n-grams. */
  readonly copied: number;
}

/** A stretch of the text that stands in the reference too. */
export interface CopiedRun {
  /** In units; 0 if there is none. */
  readonly length: number;
  /** As the text writes it. */
  readonly text: string;
  /** Where it begins in the text and in the reference, in UTF-16 units; NaN if there is none. */
  readonly start: number;
  readonly referenceStart: number;
}

export interface VerbatimCopies {
  readonly unit: Unit;
  /** Units of the text. */
  readonly length: number;
  readonly minimumRun: number;
  /** Share of the units of the text that stand in a copied run of at least `minimumRun` units, from 0 to 1. NaN for a text without units. */
  readonly copied: number;
  /** Mean length in units of the stretches that the text falls into when each is taken as long as the reference has it (a new unit is one of its own). */
  readonly meanRun: number;
  readonly longest: CopiedRun;
  /** Order 1 to `maxOrder`. */
  readonly orders: readonly CopiedNgrams[];
}

/**
 * Verbatim copies from a reference. In every text that is long enough, short n-grams of any other text come up: look at `orders` of a text
 * that surely was not copied before concluding from them. Memory: both texts and about 40 bytes a unit of them.
 *
 * Source of the shares by order: R. T. McCoy et al., "How Much Do Language Models Copy From Their Training Data? Evaluating Linguistic
 * Novelty in Text Generation Using RAVEN", TACL 11 (2023).
 *
 * @throws TypeError if there is no reference
 * @throws RangeError if another option is not as described
 */
export const verbatimCopies: Measure<VerbatimCopiesOptions, VerbatimCopies> = /* @__PURE__ */ measureOf('verbatimCopies', (options) => {
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
    const { unit, minimumRun, maxOrder } = this.options;
    const reference = this.#reference.end();
    const text = this.#text.end();
    const { lengths, places } = longestMatches(text, reference, this.#numbers.size);

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
 * For each place of a text how far it goes on like some place of the reference, and which one.
 * Both stand in one suffix array; the best match of a suffix of the text is the next suffix of the reference above or below.
 *
 * @param alphabet numbers run from 0 to alphabet - 1
 */
function longestMatches(text: Int32Array, reference: Int32Array, alphabet: number): { lengths: Int32Array; places: Int32Array } {
  // A number that comes only once separates them, so that no match runs across.
  const both = new Int32Array(reference.length + 1 + text.length);
  both.set(reference);
  both[reference.length] = alphabet;
  both.set(text, reference.length + 1);
  const suffixes = suffixArray(both, alphabet + 1);
  const common = commonPrefixes(both, suffixes);
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
