// Examples as lists of them hold them: alone, or with their line, as `readExamples` gives them.
import { EXPECTED, shown } from './check-example.js';
import type { TuningExample } from './examples.js';
import type { NumberedExample } from './read-examples.js';

export type GivenExample = TuningExample | NumberedExample;

export const hasLine = (one: GivenExample): one is NumberedExample => typeof one === 'object' && one !== null && 'line' in one && 'example' in one;

/**
 * @param owner begins what the error says
 * @throws {TypeError} naming the index of what is no example
 */
export function exampleOf(owner: string, one: GivenExample, index: number): TuningExample {
  const example = hasLine(one) ? one.example : one;
  const { text, prompt, completion, messages } = Object(example) as Record<string, unknown>;
  if (typeof text === 'string' || Array.isArray(messages) || (typeof prompt === 'string' && typeof completion === 'string')) return example;
  throw new TypeError(`${owner}: examples[${index}] is ${shown(one)}; expected ${EXPECTED}, alone or with its line as readExamples gives it.`);
}
