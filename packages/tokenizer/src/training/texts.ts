// The texts that a tokenizer learns from, checked, and how often each piece occurs in them.

import { type PreTokenizer } from '../pre-tokenizers/pre-tokenizer';
import { quote, toWellFormed } from '../text/well-formed';

/** One text, or several; no token ever spans two. */
export type TrainingTexts = string | Iterable<string>;

/** @throws {TypeError} when something other than a string comes along */
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

/**
 * How often each piece occurs in the texts.
 * @throws {RangeError} when the texts are empty
 */
export function countPieces(texts: TrainingTexts, preTokenizer: PreTokenizer): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of eachText(texts)) {
    const wellFormed = toWellFormed(text);
    preTokenizer.forEachPiece(wellFormed, (start, end) => {
      const piece = wellFormed.slice(start, end);
      counts.set(piece, (counts.get(piece) ?? 0) + 1);
    });
  }
  if (counts.size === 0) refuseEmpty();
  return counts;
}
