// Where a verb will write, looked at before time goes into what shall be written: whether files can be made there, whether another process
// writes there, and what killed ones have left.
import { rmdirSync } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkWritable, FolderInUse, lockFolder, removeAbandonedFiles, type FolderLock } from '@kk/whole-file';
import { Failure } from '../errors.js';

/** A folder of which this run is the only writer. */
export class OutputFolder {
  readonly #lock: FolderLock;
  readonly #folder: string;
  readonly #made: string | undefined;

  /** @param made  the topmost folder that did not exist before */
  constructor(lock: FolderLock, folder: string, made: string | undefined) {
    this.#lock = lock;
    this.#folder = folder;
    this.#made = made;
  }

  /** Lets others write. Folders that were made for nothing disappear again. */
  release(): void {
    this.#lock.release();
    if (this.#made === undefined) return;
    for (let folder = this.#folder; ; folder = dirname(folder)) {
      try {
        rmdirSync(folder); // only empty ones
      } catch {
        return;
      }
      if (folder === this.#made) return;
    }
  }
}

/**
 * Makes the folder and everything above it, proves that it can be written to, and keeps other runs out until `release()`.
 * @param shown  the folder as people read it
 * @throws {Failure} naming the folder and what is in the way
 */
export async function openOutputFolder(folder: string, shown: string): Promise<OutputFolder> {
  const made = await explain(shown, () => checkWritable(folder));
  try {
    const lock = await lockFolder(folder);
    await removeAbandonedFiles(folder);
    return new OutputFolder(lock, folder, made);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const { pid, machine, lockFile } = error;
    const where = machine === undefined ? '' : ` on ${machine}`;
    const remedy = machine === undefined ? '' : ` If that process is gone, delete ${lockFile}.`;
    throw new Failure(`Process ${pid}${where} is writing to ${shown}.`, `Wait for its end, or choose another folder: --out DIR.${remedy}`, { cause: error });
  }
}

/**
 * The same for the time that `prepare` takes, if it fails; otherwise until somebody releases the folder.
 * @throws what `prepare` throws, and as `openOutputFolder`
 */
export async function withOutputFolder<T>(folder: string, shown: string, prepare: (output: OutputFolder) => Promise<T>): Promise<T> {
  const output = await openOutputFolder(folder, shown);
  try {
    return await prepare(output);
  } catch (error) {
    output.release();
    throw error;
  }
}

/**
 * Proves that a file can be made, without making it or its folder, and removes what killed writers left beside it.
 * @param shown  the file as people read it
 * @throws {Failure} naming the file and what is in the way
 */
export async function checkOutputFile(file: string, shown: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found && !found.isFile()) return; // a device or a pipe is written to directly, whatever is in its folder; a folder is refused when it is written to
  const folder = dirname(found ? await realpath(file) : file);
  let present = folder;
  while (!(await isThere(present)) && dirname(present) !== present) present = dirname(present);
  await explain(shown, () => checkWritable(present));
  await removeAbandonedFiles(folder);
}

async function explain<T>(shown: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const why = reasons.get((error as NodeJS.ErrnoException).code ?? '');
    if (why === undefined) throw error;
    throw new Failure(`${shown} cannot be written: ${why}.`, 'Choose another --out.', { cause: error });
  }
}

const reasons = new Map([
  ['EEXIST', 'a file is in the way of its folder'],
  ['ENOTDIR', 'a file is in the way of its folder'],
  ['EACCES', 'there is no permission to make files there'],
  ['EPERM', 'it is not permitted to make files there'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
]);

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
