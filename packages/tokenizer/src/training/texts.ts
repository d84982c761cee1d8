// Reads and checks training texts, and counts how often each piece occurs in them.

import type { PreTokenizer } from '../pre-tokenizers/pre-tokenizer.js';
import { quote, toWellFormed } from '../text/well-formed.js';

/** One text, or several; no token spans two. */
export type TrainingTexts = string | Iterable<string>;

/** Like `TrainingTexts`, or texts that arrive one by one, as from a stream. */
export type AsyncTrainingTexts = TrainingTexts | AsyncIterable<string>;

/** @throws {TypeError} when one of the texts is not a string */
function* eachText(texts: TrainingTexts): Generator<string> {
  if (typeof texts === 'string') {
    yield texts;
    return;
  }
  if (texts === null || typeof texts !== 'object' || typeof texts[Symbol.iterator] !== 'function') {
    throw new TypeError(`The training text is ${quote(texts)}; expected a string or an iterable of strings.`);
  }
  let index = 0;
  for (const text of texts) {
    if (typeof text !== 'string') throw new TypeError(`Training text ${index} is ${quote(text)}; expected a string.`);
    index++;
    yield text;
  }
}

function refuseEmpty(): never {
  throw new RangeError('There is no text to learn from: the training text is empty.');
}

/**
 * Every code point of the texts, once, in ascending order.
 * @throws {RangeError} when the texts are empty
 */
export function distinctCodePoints(texts: TrainingTexts): number[] {
  const codePoints = new Set<number>();
  for (const text of eachText(texts)) {
    const wellFormed = toWellFormed(text);
    for (let i = 0; i < wellFormed.length; i++) {
      const codePoint = wellFormed.codePointAt(i) as number;
      if (codePoint > 0xffff) i++;
      codePoints.add(codePoint);
    }
  }
  if (codePoints.size === 0) refuseEmpty();
  return [...codePoints].sort((a, b) => a - b);
}

/** Cuts a text into pieces. */
type Cutter = Pick<PreTokenizer, 'forEachPiece'>;

/** Counts how often each piece occurs in texts. */
export class PieceCounts {
  readonly counts = new Map<string, number>();
  readonly #preTokenizer: Cutter;

  constructor(preTokenizer: Cutter) {
    this.#preTokenizer = preTokenizer;
  }

  add(text: string): void {
    const { counts } = this;
    const wellFormed = toWellFormed(text);
    this.#preTokenizer.forEachPiece(wellFormed, (start, end) => {
      const piece = wellFormed.slice(start, end);
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
    });
  }

  /** @throws {RangeError} when the texts are empty */
  finish(): ReadonlyMap<string, number> {
    if (this.counts.size === 0) refuseEmpty();
    return this.counts;
  }
}

/**
 * Counts how often each piece occurs in the texts.
 * @throws {RangeError} when the texts are empty
 */
export function countPieces(texts: TrainingTexts, preTokenizer: Cutter, signal?: AbortSignal): ReadonlyMap<string, number> {
  const counts = new PieceCounts(preTokenizer);
  for (const text of eachText(texts)) {
    signal?.throwIfAborted();
    counts.add(text);
  }
  return counts.finish();
}

/**
 * Like `countPieces`, for texts that arrive one by one. Pauses between them for other work.
 * @throws {RangeError} when the texts are empty
 */
export async function countPiecesAsync(texts: AsyncTrainingTexts, preTokenizer: Cutter, signal?: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const counts = new PieceCounts(preTokenizer);
  const pause = new Pauses();
  for await (const text of isAsync(texts) ? texts : eachText(texts)) {
    signal?.throwIfAborted();
    if (typeof text !== 'string') throw new TypeError(`A training text is ${quote(text)}; expected a string.`);
    counts.add(text);
    await pause.whenDue();
  }
  return counts.finish();
}

function isAsync(texts: AsyncTrainingTexts): texts is AsyncIterable<string> {
  return texts !== null && typeof texts === 'object' && Symbol.asyncIterator in texts;
}

/** Milliseconds of work between two pauses: short enough that a page stays responsive. */
const WORK = 30;

/** Pauses in long work, so that timers and events can run. */
export class Pauses {
  #next = performance.now() + WORK;

  async whenDue(): Promise<void> {
    if (performance.now() < this.#next) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#next = performance.now() + WORK;
  }
}
