// Makes examples comparable: two count as the same that differ in nothing but upper and lower case, white space, and forms of the same character.
import type { TuningExample } from './examples.js';
import { exampleOf, type GivenExample } from './given-example.js';

/** `'example'`: all of it. `'prompt'`: what is given, without the answer (a text as a whole; a conversation without its last turn). */
export type SameBy = 'example' | 'prompt';

const normalized = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** A string that is equal for equal examples. Different forms are different examples. */
export function exampleKey(example: TuningExample, by: SameBy): string {
  if ('text' in example) return JSON.stringify(['text', normalized(example.text)]);
  if ('messages' in example) return JSON.stringify((by === 'prompt' ? example.messages.slice(0, -1) : example.messages).map(({ role, content }) => [role, normalized(content)]));
  return JSON.stringify(['prompt', normalized(example.prompt), ...(by === 'prompt' ? [] : [normalized(example.completion)])]);
}

/** The indices of equal examples, in the order of their first ones. @throws {RangeError} when `by` is neither of its names; {TypeError} for what is no example */
export function groupEqual(owner: string, examples: readonly GivenExample[], by: SameBy): number[][] {
  if (by !== 'example' && by !== 'prompt') throw new RangeError(`${owner}: by is ${String(by)}; expected 'example' or 'prompt'.`);
  const groups = new Map<string, number[]>();
  examples.forEach((one, i) => {
    const key = exampleKey(exampleOf(owner, one, i), by);
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  });
  return [...groups.values()];
}
