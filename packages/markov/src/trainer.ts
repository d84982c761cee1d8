// Collects texts for a model: checks options, copies ids, and counts block by block.
import { describe } from '@kk/options';
import type { NgramCounts } from './counts/ngram-counts.js';
import { NO_TOKEN } from './counts/sequences.js';
import { TextCounter } from './counts/text-counter.js';
import { estimatorNamed, type Smoothing } from './estimators/index.js';
import { checkId, checkIds, checkVocabSize } from './ids.js';
import { checkWeight, type IdSource, type KeptText, nameFor, requireSource } from './sources.js';
import { finished, type Steps } from './steps.js';

const HIGHEST_ORDER = 12;

export interface MarkovOptions {
  /** The number of preceding tokens that the model uses: 0 (none) to 12. Order n counts n-grams of up to n + 1 tokens. */
  order: number;
  /** Token ids run from 0 to vocabSize - 1; at most 2^24. */
  vocabSize: number;
  /** How counts become probabilities. Default 'witten-bell'. */
  smoothing?: Smoothing;
  /** A token that begins a sentence: tokens before it are ignored, and it is never predicted. Default none. */
  startToken?: number;
  /** The token for unknown ones, so that results can be given without them. Default none. */
  unknownToken?: number;
  /** Whether the model keeps the texts' ids (4 bytes per token), for remove() and sourceIndex. Default true. */
  keepTexts?: boolean;
  /**
   * Where the remaining probability of the empty context goes: evenly to all tokens ('uniform', the default), or nowhere, with plain
   * relative frequencies ('none').
   */
  floor?: 'uniform' | 'none';
}

/** The parts of a model, apart from its options. */
export interface Trained {
  counts: NgramCounts;
  texts: readonly KeptText[];
}

/** Options with defaults filled in. @throws RangeError if one is out of range */
export function completed(options: MarkovOptions): Required<MarkovOptions> {
  const { order, vocabSize, smoothing = 'witten-bell', startToken = NO_TOKEN, unknownToken = NO_TOKEN, keepTexts = true, floor = 'uniform' } = options;
  if (!(Number.isInteger(order) && order >= 0 && order <= HIGHEST_ORDER)) {
    throw new RangeError(`order must be an integer from 0 to ${HIGHEST_ORDER} (preceding tokens seen), got ${describe(order)}`);
  }
  checkVocabSize(vocabSize);
  estimatorNamed(smoothing);
  if (startToken !== NO_TOKEN) checkId('startToken', startToken, vocabSize);
  if (unknownToken !== NO_TOKEN) checkId('unknownToken', unknownToken, vocabSize);
  if (floor !== 'uniform' && floor !== 'none') throw new RangeError(`floor must be uniform or none, got ${describe(floor)}`);
  return { order, vocabSize, smoothing, startToken, unknownToken, keepTexts, floor };
}

/** A checked copy of a text, and the part that the model keeps. @throws RangeError if an id or the weight is out of range */
export function keep({ ids, name, weight }: Required<IdSource>, vocabSize: number, keepTexts: boolean): { copy: Int32Array; kept: KeptText } {
  checkWeight(weight);
  checkIds('ids', ids, vocabSize);
  // slice() copies a typed array in one move; from() would iterate over it.
  const copy = ids instanceof Int32Array ? ids.slice() : Int32Array.from(ids);
  return { copy, kept: { name, weight, length: copy.length, ids: keepTexts ? () => copy : undefined } };
}

/** Collects texts for a model. */
export class Trainer {
  readonly options: Required<MarkovOptions>;
  readonly #counter: TextCounter;
  readonly #texts: KeptText[] = [];
  readonly #names = new Set<string>();

  constructor(options: MarkovOptions) {
    this.options = completed(options);
    this.#counter = new TextCounter(this.options.order, this.options.vocabSize, this.options.startToken);
  }

  /** Raises the size of the vocabulary. @throws RangeError if it is above 2^24 */
  grow(vocabSize: number): void {
    checkVocabSize(vocabSize);
    this.options.vocabSize = vocabSize;
    this.#counter.vocabSize = vocabSize;
  }

  /** Adds a text. @throws RangeError if an id, the weight or the name is out of range */
  add(source: IdSource): KeptText {
    return finished(this.addInSteps(source));
  }

  *addInSteps(source: IdSource): Steps<KeptText> {
    requireSource(source);
    const { ids, name, weight = 1 } = source;
    const ownName = name === undefined || this.#names.has(name) ? nameFor(this.#texts, name) : name;
    this.#names.add(ownName);
    const { copy, kept } = keep({ ids, name: ownName, weight }, this.options.vocabSize, this.options.keepTexts);
    this.#texts.push(kept);
    yield* this.#counter.add(copy, weight);
    return kept;
  }

  finish(): Trained {
    return finished(this.finishInSteps());
  }

  *finishInSteps(): Steps<Trained> {
    const counts = yield* this.#counter.finish();
    if (counts.table.counts[0] === 0) throw new RangeError('the text to train on is empty: expected at least one token');
    return { counts, texts: this.#texts };
  }
}
