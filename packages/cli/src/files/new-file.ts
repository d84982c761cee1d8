// Files that a verb writes: they replace nothing unless `--force` says so, and never what the verb reads. The check comes before any work.
import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Failure, UsageError } from '../errors.js';
import { STANDARD_INPUT } from './data.js';
import { checkOutputFile, refuseLinkToNothing } from './output-folder.js';

export interface NewFileOptions {
  /** The file as shown in messages. */
  shown: string;
  /** Whether a file that is there may be replaced. */
  force: boolean;
  /** The files that the verb reads: full paths, or `-`. */
  reads: readonly string[];
  /** The option that names it; default `--out`. */
  option?: string;
  /** Whether it is written again and again, which a pipe or a device does not allow. */
  isRewritten?: boolean;
}

/**
 * @param file  full path
 * @throws {UsageError} when the verb reads the same file
 * @throws {Failure} when the file is there, or cannot be written
 */
export async function checkNewFile(file: string, { shown, force, reads, option = '--out', isRewritten = false }: NewFileOptions): Promise<void> {
  await refuseReplacingInput(file, shown, reads, option);
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined; // checkOutputFile says what is in the way
    throw error;
  });
  if (!found) await refuseLinkToNothing(file, shown, { option });
  if (found?.isDirectory()) throw new Failure(`${shown} is a folder; expected the name of a file.`);
  if (isRewritten && found && !found.isFile()) throw new Failure(`${shown} is a pipe or a device; expected the name of a file, because it is written several times.`, `Choose another ${option}.`);
  // A device or a pipe keeps nothing that could be lost.
  if (found?.isFile() && !force) throw new Failure(`${shown} is there already.`, `Replace it with --force, or choose another ${option}.`);
  await checkOutputFile(file, shown, option);
}

/**
 * @param file  full path of a file to write
 * @param reads  the files that the verb reads: full paths, or `-`
 * @throws {UsageError} when one of them is the same file, perhaps by another name or through a link
 */
export async function refuseReplacingInput(file: string, shown: string, reads: readonly string[], option = '--out'): Promise<void> {
  const names = reads.filter((path) => path !== STANDARD_INPUT);
  const same = await Promise.all(names.map((path) => isSameFile(file, path)));
  const input = names.find((_, at) => same[at]);
  if (input === undefined) return;
  throw new UsageError(`${shown} would be replaced, but it is ${input === file ? 'read' : `the same file as ${input}, which is read`}.`, `Choose another ${option}.`);
}

/** Also by two names, and through links. Devices and pipes are never the same: what is written there replaces nothing. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map(identity));
  return first !== undefined && first.isFile() && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

const identity = (path: string): Promise<BigIntStats | undefined> => stat(path, { bigint: true }).catch(() => undefined);
