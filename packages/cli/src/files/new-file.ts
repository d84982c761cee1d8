// Files that a verb writes: they replace nothing unless `--force` says so. The check comes before any work.
import { stat } from 'node:fs/promises';
import { Failure } from '../errors.js';
import { checkOutputFile } from './output-folder.js';

/**
 * @param file  full path
 * @param options.shown  the file as shown in messages
 * @param options.force  whether a file that is there may be replaced
 * @throws {Failure} when the file is there, or cannot be written
 */
export async function checkNewFile(file: string, { shown, force }: { shown: string; force: boolean }): Promise<void> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined; // checkOutputFile says what is in the way
    throw error;
  });
  if (found?.isDirectory()) throw new Failure(`${shown} is a folder; expected the name of a file.`);
  // A device or a pipe keeps nothing that could be lost.
  if (found?.isFile() && !force) throw new Failure(`${shown} is there already.`, 'Replace it with --force, or choose another --out.');
  await checkOutputFile(file, shown);
}
