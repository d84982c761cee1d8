// `--replay FILE:0.5`: a file with its share of all rows.
import { stat } from 'node:fs/promises';
import { UsageError } from '../errors.js';
import { fullPath } from '../files/paths.js';

export interface SharedFile {
  /** As the user typed it, without the share. */
  path: string;
  /** From 0.01 to 0.99. */
  share: number;
}

/** Half of the rows keeps what is forgotten small at little cost to what is learned. */
const DEFAULT_SHARE = 0.5;

/**
 * What follows the last colon is the share, unless a file has the whole name.
 * @throws {UsageError} for a number that is no share
 */
export async function sharedFile(cwd: string, text: string): Promise<SharedFile> {
  const [, path, tail] = /^(.+):(\d*\.?\d+%?)$/s.exec(text) ?? [];
  if (path === undefined || tail === undefined || (await isThere(cwd, text))) return { path: text, share: DEFAULT_SHARE };
  const share = tail.endsWith('%') ? Number(tail.slice(0, -1)) / 100 : Number(tail);
  if (share >= 0.01 && share <= 0.99) return { path, share };
  throw new UsageError(`'${text}' is invalid for --replay. Expected a file, or FILE:SHARE with a share from 0.01 to 0.99 of all rows.`, 'See kk finetune sft --help');
}

const isThere = (cwd: string, text: string): Promise<boolean> => stat(fullPath(cwd, text)).then(() => true, () => false);
