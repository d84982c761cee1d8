// Reads the texts of a verb, whole and joined in order.
import { readTexts } from '@kk/corpora/node';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { ShownWork } from '../terminal/long-work.js';
import { fullPath } from './paths.js';
import { orInterrupted } from './until-interrupted.js';

/** The name of standard input where a verb takes a file. */
export const STANDARD_INPUT = '-';

export interface Data {
  text: string;
  /** Full paths, in order; `-` for standard input. */
  paths: string[];
}

export interface ReadOptions {
  /** Whether to show no progress. */
  quiet: boolean;
}

/**
 * @param files  as the user typed them; `-` is standard input
 * @throws {Error} naming the file that is missing, empty or not UTF-8
 */
export async function readData(context: Context, files: readonly string[], options: ReadOptions): Promise<Data> {
  const texts: string[] = [];
  for (const file of files) texts.push(await readTextFile(context, file, options));
  return { text: texts.join(''), paths: files.map((file) => pathOf(context, file)) };
}

/**
 * One text.
 * @param file  as the user typed it; `-` is standard input
 * @throws {Error} when it is missing, empty or not UTF-8; the signal's reason when stopped
 */
export async function readTextFile(context: Context, file: string, { quiet }: ReadOptions): Promise<string> {
  const { interrupt: signal } = context.io;
  if (file !== STANDARD_INPUT) {
    const work = new ShownWork(context, { what: 'reading', quiet });
    const reading = readTexts([pathOf(context, file)], { onProgress: (share) => work.show(share), signal });
    return (await orInterrupted(signal, reading).finally(() => work.done()))[0];
  }
  const text = await context.standardInput();
  if (text === '') throw new Failure('Standard input is empty; expected a text.');
  return text;
}

/** The full path of a file; `-` stays what it is. */
export const pathOf = ({ io }: Context, file: string): string => (file === STANDARD_INPUT ? file : fullPath(io.cwd, file));
