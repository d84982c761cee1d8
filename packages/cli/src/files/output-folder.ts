// Checks where a verb will write before any work is done: whether files can be created there, and whether another process writes there. It
// also removes files of killed processes.
import { rmdirSync } from 'node:fs';
import { access, lstat, readlink, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkWritable, FolderInUse, lockFolder, removeAbandonedFiles, type FolderLock } from '@kk/whole-file';
import { Failure } from '../errors.js';

/** A folder that only this run writes to. */
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

  /** Lets other processes write again. Removes created folders that are still empty. */
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
 * Creates the folder with its parents, checks that it is writable, and keeps other runs out until `release()`.
 * @param shown  the folder as shown in messages
 * @throws {Failure} naming the folder and the problem
 */
export async function openOutputFolder(folder: string, shown: string): Promise<OutputFolder> {
  const present = await stat(folder).catch(() => undefined);
  if (present?.isFile()) throw new Failure(`${shown} is a file; expected a folder.`, 'Choose another --out.');
  if (!present) await refuseLinkToNothing(folder, shown, { kind: 'folder' });
  const made = await explain(shown, '--out', () => checkWritable(folder));
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
 * Refuses a path where nothing is, if it is a link: one that leads nowhere, or in a circle. A folder cannot be made in its place, and a file
 * would replace the link.
 * @throws {Failure} naming where it leads
 */
export async function refuseLinkToNothing(path: string, shown: string, { kind = 'file', option = '--out' }: { kind?: 'file' | 'folder'; option?: string } = {}): Promise<void> {
  const link = await lstat(path).catch(() => undefined);
  if (link?.isSymbolicLink()) throw new Failure(`${shown} is a link to ${await readlink(path)}, which is no ${kind}.`, `Make that ${kind}, or choose another ${option}.`);
}

/**
 * Opens the folder and calls `prepare`. If `prepare` fails, the folder is released; otherwise it stays open until somebody releases it.
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
 * Checks that a file can be created, without creating it or its folder, and removes temporary files of killed writers next to it.
 * @param shown  the file as shown in messages
 * @param option  the option that names it
 * @throws {Failure} naming the file and the problem
 */
export async function checkOutputFile(file: string, shown: string, option: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found && !found.isFile()) return; // a device or a pipe is written to directly, so its folder does not matter; writing to a folder fails later
  const folder = dirname(found ? await realpath(file) : file);
  let present = folder;
  while (!(await isThere(present)) && dirname(present) !== present) {
    await refuseLinkToNothing(present, present, { kind: 'folder', option });
    present = dirname(present);
  }
  await explain(shown, option, () => checkWritable(present));
  await removeAbandonedFiles(folder);
}

async function explain<T>(shown: string, option: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const why = reasons.get((error as NodeJS.ErrnoException).code ?? '');
    if (why === undefined) throw error;
    throw new Failure(`${shown} cannot be written: ${why}.`, `Choose another ${option}.`, { cause: error });
  }
}

const reasons = new Map([
  ['EEXIST', 'a file is in the way of its folder'],
  ['ENOTDIR', 'a file is in the way of its folder'],
  ['EACCES', 'there is no permission to make files there'],
  ['EPERM', 'it is not permitted to make files there'],
  ['ENOENT', 'no files can be made there'], // a folder such as /proc, which is there
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
]);

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
