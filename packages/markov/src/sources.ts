// Keeps the texts that a model was trained on, if it shall: to remove one again, and to find the origin of a passage.
import { describe, wrongKind } from '@kk/options';
import type { Steps } from './steps.js';

/** A text to train on, as token ids. */
export interface IdSource {
  ids: ArrayLike<number>;
  /** Identifies the text in remove() and occurrences(); default 'text 1', 'text 2' ... */
  name?: string;
  /** The text counts as if it occurred this many times: an integer from 1; default 1. */
  weight?: number;
}

/** What is stored about a text. */
export interface SourceText {
  readonly name: string;
  readonly weight: number;
  /** In tokens. */
  readonly length: number;
}

export interface KeptText extends SourceText {
  /** Its ids; undefined if they were not kept. */
  readonly ids?: () => Int32Array;
  /** Like `ids`, in steps, where they are still to be made; then ids() has them, too. */
  readonly idsInSteps?: () => Steps<Int32Array>;
}

/** @throws TypeError unless it is a text as ids */
export function requireSource(text: IdSource): void {
  const isSource = typeof text === 'object' && text !== null && typeof text.ids === 'object';
  if (!isSource) throw wrongKind('a text to train on', text, 'an object such as { ids, name }');
}

/** @throws RangeError unless weight is an integer from 1 to 2^31 - 1 */
export function checkWeight(weight: number): void {
  if (!(Number.isInteger(weight) && weight >= 1 && weight < 2 ** 31)) throw new RangeError(`weight must be an integer from 1 (how often the text counts), got ${describe(weight)}`);
}

/** The given name, or a new one. @throws RangeError if another text has it */
export function nameFor(texts: readonly SourceText[], name?: string): string {
  if (name === undefined) {
    let number = texts.length + 1;
    while (texts.some((text) => text.name === `text ${number}`)) number++;
    return `text ${number}`;
  }
  if (texts.some((text) => text.name === name)) throw new RangeError(`there is already a text named ${JSON.stringify(name)}: expected a name of its own; remove() the other one first`);
  return name;
}

/** The index of the text of that name. @throws RangeError if there is none */
export function textNamed(texts: readonly SourceText[], name: string): number {
  const index = texts.findIndex((text) => text.name === name);
  if (index < 0) throw new RangeError(`there is no text named ${JSON.stringify(name)}; there are ${texts.map((text) => JSON.stringify(text.name)).join(', ') || 'none'}`);
  return index;
}

/** The ids of a text. @throws Error if they were not kept */
export function keptIds(text: KeptText): Int32Array {
  if (text.ids === undefined) throw new Error(`the text ${JSON.stringify(text.name)} was not kept; train with keepTexts: true to remove texts and to look up where something stands`);
  return text.ids();
}

/** Like keptIds(), in steps. */
export function* keptIdsInSteps(text: KeptText): Steps<Int32Array> {
  return text.idsInSteps === undefined ? keptIds(text) : yield* text.idsInSteps();
}
