// Converts between paths as the user typed them and full paths.
import { relative, resolve, sep } from 'node:path';

/** The full path of a typed path. */
export const fullPath = (cwd: string, path: string): string => resolve(cwd, path);

/** A short form of a path for messages: relative to the current folder if it is inside of it and the relative form is shorter. */
export function shortPath(cwd: string, path: string): string {
  const short = relative(cwd, path);
  if (short === '') return '.';
  return short.startsWith('..' + sep) || short.length > path.length ? path : short;
}

/** A path that can be pasted into a shell. */
export const quotePath = (path: string): string => (/^[\w@%+=:,./\\~-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);
