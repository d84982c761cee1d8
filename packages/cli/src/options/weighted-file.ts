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

/**
 * A number after the last colon is the weight, unless a file has the whole name: `Lesson 12:30`.
 * @throws {UsageError} for a weight out of range
 */
export async function weightedFile(cwd: string, text: string, verb = 'kk markov train'): Promise<WeightedFile> {
  const match = /^(.+):(\d+)$/s.exec(text);
  const isWholeName = match !== null && (await stat(fullPath(cwd, text)).then(() => true, () => false));
  const file = match && !isWholeName ? { path: match[1], weight: Number(match[2]) } : { path: text, weight: 1 };
  if (file.path === '' || !(file.weight >= 1 && file.weight <= LARGEST_WEIGHT)) {
    throw new UsageError(`'${text}' is invalid for --data. Expected a file, or FILE:N with a weight from 1 to ${LARGEST_WEIGHT}.`, `See ${verb} --help`);
  }
  return file;
}
