// Examples of a tuning that belong to prompts: read from files, checked for duplicates, split by their prompts, and turned into rows.
import { findDuplicates, splitExamples, type TuningExample } from '@kk/finetune';
import type { Context } from '../context.js';
import { describe, Failure, UsageError } from '../errors.js';
import { shortPath } from '../files/paths.js';
import type { SplitExamples } from './method.js';
import type { TuningSettings } from './settings.js';

export interface SplitLines<E extends TuningExample> extends SplitExamples {
  readonly training: readonly E[];
  readonly heldOut: readonly E[];
  /** Where each example stands, for errors: `pairs.jsonl, line 3`. */
  readonly places: ReadonlyMap<E, string>;
}

/**
 * Reads all lines, and holds some of them out. Those with the same prompt are never on both sides.
 * @param lines of a file; rewritten are those that `--as-chat` made conversations
 * @param keyOf equal for lines that say the same
 * @throws {Error} naming the file and the line that is wrong
 */
export async function splitLines<E extends TuningExample>(context: Context, { data, heldOut, seed }: TuningSettings, lines: (file: string) => AsyncIterable<{ readonly line: number; readonly example: E; readonly isRewritten: boolean }>, keyOf: (example: E) => object): Promise<SplitLines<E>> {
  const places = new Map<E, string>();
  let rewritten = 0;
  for (const file of data) {
    for await (const { line, example, isRewritten } of lines(file)) {
      context.throwIfInterrupted();
      if (isRewritten) rewritten += 1;
      places.set(example, `${shortPath(context.io.cwd, file)}, line ${line}`);
    }
  }
  const examples = [...places.keys()];
  const duplicates = surplus(findDuplicates(examples.map((example) => ({ text: JSON.stringify(keyOf(example)) }))));
  const prompts = examples.length - surplus(findDuplicates(examples, { by: 'prompt' }));
  const split = heldOut > 0 && prompts > 1 ? splitExamples(examples, { heldOut, seed, by: 'prompt' }) : { training: examples, heldOut: [] };
  return { ...split, duplicates, rewritten, places };
}

const surplus = (groups: readonly (readonly number[])[]): number => groups.reduce((sum, { length }) => sum + length - 1, 0);

/** @throws {UsageError} where `--as-chat` was given and changed nothing */
export function checkAsChat({ io: { cwd } }: Context, { asChat, data }: Pick<TuningSettings, 'asChat' | 'data'>, rewritten: number): void {
  if (!asChat || rewritten > 0) return;
  const files = data.map((file) => shortPath(cwd, file)).join(', ');
  throw new UsageError(`--as-chat has no effect: ${files} ${data.length === 1 ? 'has' : 'have'} no prompt that is a text.`, 'Leave it out, or set asChat to false in the recipe.');
}

/** Which forms examples have. */
export function formsOf({ training, heldOut }: SplitExamples): { readonly conversations: boolean; readonly texts: boolean } {
  const examples = [...training, ...heldOut];
  return { conversations: examples.some((one) => 'messages' in one), texts: examples.some((one) => !('messages' in one)) };
}

export interface RowsOfLines<R> {
  readonly training: R;
  /** Undefined where nothing is held out, or too little of it fits. */
  readonly heldOut: R | undefined;
}

/** Examples that are encoded before Ctrl-C is looked for again. */
const BREATHE_EVERY = 32;

/** @throws {Failure} naming the line that cannot be encoded; or the files of which too few fit to learn from */
export async function rowsOfLines<E extends TuningExample, T, R>(context: Context, { training, heldOut, places }: SplitLines<E>, encode: (example: E) => Promise<T>, rowsOf: (tokens: T[]) => R): Promise<RowsOfLines<R>> {
  const rows = async (examples: readonly E[]): Promise<R> => {
    const tokens: T[] = [];
    for (const [at, example] of examples.entries()) {
      if (at % BREATHE_EVERY === 0) await context.breathe();
      tokens.push(await encode(example).catch((error: unknown) => {
        context.throwIfInterrupted();
        throw new Failure(`${places.get(example)}: ${describe(error)}`, undefined, { cause: error });
      }));
    }
    return rowsOf(tokens);
  };
  const files = [...new Set([...places.values()].map((place) => place.replace(/, line \d+$/, '')))].join(', ');
  const trained = await rows(training).catch((error: unknown) => Promise.reject(error instanceof RangeError ? new Failure(`${files}: ${describe(error)}`, undefined, { cause: error }) : (error as Error)));
  if (heldOut.length === 0) return { training: trained, heldOut: undefined };
  return { training: trained, heldOut: await rows(heldOut).catch((error: unknown) => (error instanceof RangeError ? undefined : Promise.reject(error as Error))) };
}
