// Reads tuning examples from JSON Lines, one example a line, while the text is still arriving.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { checkExample } from './check-example.js';
import type { TuningExample } from './examples.js';
import { readJsonLines, type Chunk } from './read-json-lines.js';

export interface NumberedExample {
  /** Counted from 1. */
  readonly line: number;
  readonly example: TuningExample;
}

export interface ReadExamplesOptions {
  /** Names the source in errors, for example a path; default `'the examples'`. */
  name?: string;
}

const OPTIONS: OptionNames<ReadExamplesOptions> = { name: 'optional' };

/**
 * @param chunks text, or UTF-8 bytes, cut anywhere; blank lines are skipped, but counted
 * @throws {Error} that names the source and the line, when a line is not UTF-8, not JSON, no example, or longer than 64 MiB, or when there is
 * no example at all
 */
export async function* readExamples(chunks: AsyncIterable<Chunk> | Iterable<Chunk>, options: ReadExamplesOptions = {}): AsyncGenerator<NumberedExample, void, undefined> {
  checkOptions('readExamples', options, OPTIONS);
  const { name = 'the examples' } = options;
  for await (const { line, value } of readJsonLines(chunks, { name, noun: 'example', check: checkExample })) yield { line, example: value };
}
