// Checks of options that several streams have.

import type { InstructionPart } from './types.js';

/** Longer passages of the story of a lost thing would always say where it was found. */
const longestPassage = 8;

/** @throws RangeError for an unknown part */
export function checkPart(part: InstructionPart): void {
  if (!['training', 'test'].includes(part)) throw new RangeError(`part is ${JSON.stringify(part)}: expected "training" or "test"`);
}

/** @throws RangeError unless these are the least and the most sentences of a passage */
export function checkSentences(sentences: readonly [least: number, most: number]): void {
  const [least, most] = sentences;
  if (sentences.length !== 2 || !sentences.every(Number.isInteger) || least < 1 || least > most || most > longestPassage) {
    throw new RangeError(`sentences is ${JSON.stringify(sentences)}: expected the least and the most sentences of a passage, whole numbers from 1 to ${longestPassage}`);
  }
}
