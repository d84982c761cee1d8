// Converts between paths as the user typed them and full paths.
import { relative, resolve, sep } from 'node:path';
import { UsageError } from '../errors.js';

/** The full path of a typed path. */
export const fullPath = (cwd: string, path: string): string => resolve(cwd, path);

/** The name of standard output where a verb writes a text. */
export const STANDARD_OUTPUT = '-';

/**
 * The full path of a file to write, for what is no text and does not go to standard output.
 * @param option  the option that names it
 * @throws {UsageError} when it is `-`, or empty
 */
export function outputPath(cwd: string, out: string, option = '--out'): string {
  if (out === STANDARD_OUTPUT) throw new UsageError(`${option} - is standard output, which is for texts; expected a name.`, `Name another ${option}; ./- is a file of that name.`);
  if (out.trim() === '') throw new UsageError(`${option} is empty; expected a name.`, 'Name one.');
  return fullPath(cwd, out);
}

/** A short form of a path for messages: relative to the current folder if it is inside of it and the relative form is shorter. */
export function shortPath(cwd: string, path: string): string {
  const short = relative(cwd, path);
  if (short === '') return '.';
  return short.startsWith('..' + sep) || short.length > path.length ? path : short;
}

/** A path that can be pasted into a shell. */
export const quotePath = (path: string): string => (/^[\w@%+=:,./\\~-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);
