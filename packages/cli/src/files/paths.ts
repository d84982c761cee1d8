// Paths as the user typed them and as the system wants them.
import { relative, resolve, sep } from 'node:path';

/** The full path of what a user typed. */
export const fullPath = (cwd: string, path: string): string => resolve(cwd, path);

/** A path as short as possible for reading: relative to the current folder where that is no detour. */
export function shortPath(cwd: string, path: string): string {
  const short = relative(cwd, path);
  if (short === '') return '.';
  return short.startsWith('..' + sep) || short.length > path.length ? path : short;
}

/** A path as it can be pasted into a shell. */
export const quotePath = (path: string): string => (/^[\w@%+=:,./\\~-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);
