// `--data FILE:3`: a file with a weight.
import { stat } from 'node:fs/promises';
import { UsageError } from '../errors.js';
import { fullPath } from '../files/paths.js';

export interface WeightedFile {
  /** As the user typed it, without the weight. */
  path: string;
  weight: number;
}

const LARGEST_WEIGHT = 1_000_000;
const EXPECTED = `Expected a file, or FILE:N with a whole number from 1 to ${LARGEST_WEIGHT} as its weight.`;

/**
 * One text of `--data`. What follows its last colon is the weight, unless a file has the whole name: `Lesson 12:30`.
 * @param verb  whose help says more: `kk train`
 * @throws {UsageError} for what is no weight: out of range, or no number behind the name of a file that is there
 */
export async function weightedFile(cwd: string, text: string, verb: string): Promise<WeightedFile> {
  const [, path, tail] = /^(.+):([^:/\\]*)$/s.exec(text) ?? [];
  if (text !== '' && (path === undefined || (await isThere(cwd, text)))) return { path: text, weight: 1 };
  const weight = path !== undefined && /^\d+$/.test(tail) ? Number(tail) : NaN;
  if (weight >= 1 && weight <= LARGEST_WEIGHT) return { path, weight };
  // Reading says that there is no such file, unless there is one that the rest was meant for.
  if (path !== undefined && Number.isNaN(weight) && !(await isThere(cwd, path))) return { path: text, weight: 1 };
  throw new UsageError(`'${text}' is invalid for --data. ${EXPECTED}`, `See ${verb} --help`);
}

/** Several of them, in the same order. */
export const weightedFiles = (cwd: string, texts: readonly string[], verb: string): Promise<WeightedFile[]> => Promise.all(texts.map((text) => weightedFile(cwd, text, verb)));

const isThere = (cwd: string, path: string): Promise<boolean> => stat(fullPath(cwd, path)).then(() => true, () => false);
