// The three ways to take any measure: of a whole string, of chunks as they arrive, or several measures in one pass. A measure is written
// once, as an accumulator; this file makes the three forms. No measure keeps more of the text than its docstring says.
import { checkOptions } from '@kk/options';
import type { Steps } from '@kk/markov';

/** Takes a text in pieces. The division into pieces never changes the result. */
export interface Accumulator<Result> {
  /** Adds the next piece of the text. */
  add(chunk: string): void;
  /** Ends the text and returns the result. Call it once; nothing can be added afterwards. */
  result(): Result;
  /**
   * Like `result`, for measures whose end takes long: a generator that yields the approximate share that is done, 0 to 1, some times a second,
   * so that the caller can show progress, do other work, or stop.
   */
  resultInSteps?(): Steps<Result>;
}

/** A text in pieces, for example a file stream with an encoding, or the output of a model. */
export type TextChunks = Iterable<string> | AsyncIterable<string>;

export interface Measure<Options, Result> {
  /** The measure of a whole text. */
  (text: string, options?: Options): Result;
  /** The measure of a text that arrives in pieces. */
  (chunks: TextChunks, options?: Options): Promise<Result>;
  /** An accumulator to feed manually, or together with others in `measureAll`. */
  accumulator(options?: Options): Accumulator<Result>;
}

/**
 * Makes a measure from its accumulator. `create` checks the values of the options and throws if they are invalid.
 *
 * @param names of all options
 */
export function measureOf<Options, Result>(name: string, names: Readonly<Record<keyof NonNullable<Options>, true>>, create: (options: Options | undefined) => Accumulator<Result>): Measure<Options, Result> {
  const accumulatorOf = (options?: Options): Accumulator<Result> => {
    checkOptions(name, options, names);
    return create(options);
  };
  function measure(text: string, options?: Options): Result;
  function measure(chunks: TextChunks, options?: Options): Promise<Result>;
  function measure(source: string | TextChunks, options?: Options): Result | Promise<Result> {
    const accumulator = accumulatorOf(options);
    if (typeof source !== 'string') return fed(name, source, [accumulator]).then(() => accumulator.result());
    accumulator.add(source);
    return accumulator.result();
  }
  return Object.assign(measure, { accumulator: accumulatorOf });
}

/** The results of several accumulators, by name. */
export type Results<Accumulators> = { [Name in keyof Accumulators]: Accumulators[Name] extends Accumulator<infer Result> ? Result : never };

/**
 * Takes several measures in one pass over a text.
 *
 * @param source a text, or its pieces in order
 * @param accumulators by names of your choice, for example `{ zipf: zipfFit.accumulator() }`
 * @throws TypeError if the source is neither a string nor iterable, or yields a value that is not a string
 */
export async function measureAll<Accumulators extends Record<string, Accumulator<unknown>>>(source: string | TextChunks, accumulators: Accumulators): Promise<Results<Accumulators>> {
  await fed('measureAll', typeof source === 'string' ? [source] : source, Object.values(accumulators));
  return Object.fromEntries(Object.entries(accumulators).map(([name, accumulator]) => [name, accumulator.result()])) as Results<Accumulators>;
}

async function fed(name: string, chunks: TextChunks, accumulators: readonly Accumulator<unknown>[]): Promise<void> {
  for await (const chunk of checkedChunks(name, chunks)) for (const accumulator of accumulators) accumulator.add(chunk);
}

/** Yields the same chunks. @throws TypeError if they are not iterable, or one is not a string */
export async function* checkedChunks(name: string, chunks: TextChunks): AsyncGenerator<string, void, undefined> {
  if (chunks === null || typeof chunks !== 'object' || !(Symbol.iterator in chunks || Symbol.asyncIterator in chunks)) {
    throw new TypeError(`${name} got ${chunks === null ? 'null' : typeof chunks}: expected a string, or an iterable of strings such as a stream with an encoding`);
  }
  for await (const chunk of chunks) {
    if (typeof chunk !== 'string') throw new TypeError(`${name} got a chunk of type ${typeof chunk}: expected strings; decode bytes first, for example with TextDecoderStream`);
    yield chunk;
  }
}
