// One writer for a folder: a lock file that names the process, and is taken over when that process is gone.
//
// Not from a library: proper-lockfile and its like renew the file's time every few seconds and take a lock for stale whose time is old. A run
// that somebody stopped (Ctrl-Z), or whose machine slept, would lose its folder to the next one and go on writing to it when it wakes.
// The number of the process and its start are right at any time, and nothing has to be renewed.
import { constants, readFileSync, rmSync } from 'node:fs';
import { copyFile, link, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.js';
import { temporaryName } from './temporary-names.js';
import { writeWholeFile } from './write-whole-file.js';

const LOCK = '.kk.lock';

interface Holder extends ProcessIdentity {
  /** The machine's name, for people. */
  readonly machine: string;
  /** Number of the folder's inode: a folder that was copied together with its lock is another one. */
  readonly inode: string;
}

export interface FolderLock {
  /** Lets others write. Does nothing the second time. */
  release(): void;
}

/** Another process, or another run in this process, writes to the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(
    readonly folder: string,
    readonly pid: number,
    /** The name of the machine, if it is another one. */
    readonly machine: string | undefined,
    /** The lock file, which may be deleted when that process is surely gone. */
    readonly lockFile: string,
  ) {
    super(`Process ${pid}${machine === undefined ? '' : ` on ${machine}`} is writing to ${folder}; expected a folder that no other process writes to. If there is no such process, delete ${lockFile}.`);
  }
}

/** Who writes to a folder. */
export interface FolderWriter {
  readonly pid: number;
  /** The name of the machine, if it is another one. */
  readonly machine: string | undefined;
}

/** The running process that holds the lock of a folder; undefined when there is none, or no such folder. */
export async function writerTo(folder: string): Promise<FolderWriter | undefined> {
  const found = await readIfPresent(join(folder, LOCK));
  const holder = found === undefined ? undefined : await runningHolder(found, folder);
  return holder && { pid: holder.pid, machine: machineOf(holder) };
}

/**
 * Makes this process the only writer of a folder that exists. A lock whose process is gone is taken over.
 * @throws {FolderInUse} while another run holds it; Error when a folder has the name of the lock file
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, LOCK);
  const own = JSON.stringify({ ...(await ownIdentity()), machine: hostname(), inode: await inodeOf(folder) });
  const holder = await take(file, own);
  if (holder) throw new FolderInUse(folder, holder.pid, machineOf(holder), file);
  let isHeld = true;
  return {
    release: () => {
      // Somebody who was told that this process is gone may have deleted the file and made his own.
      if (isHeld && readIfPresentSync(file) === own) rmSync(file, { force: true });
      isHeld = false;
    },
  };
}

/**
 * Puts `own` into the lock file.
 * @returns the running holder where there is one
 */
async function take(file: string, own: string): Promise<Holder | undefined> {
  const temporary = await temporaryName(file);
  await writeWholeFile(temporary, own);
  try {
    for (;;) {
      if (await createFrom(temporary, file)) return undefined;
      const found = await readIfPresent(file);
      if (found === undefined) continue; // released in between
      const holder = await runningHolder(found, dirname(file));
      if (holder) return holder;
      // Of several that find the dead holder's lock, one replaces it: the one that holds a lock on the lock.
      const replacing = `${file}.takeover`;
      const other = await take(replacing, own);
      if (other) return other;
      try {
        if ((await readIfPresent(file)) !== found) continue; // replaced before we had that lock
        await rename(temporary, file);
        return undefined;
      } finally {
        await rm(replacing, { force: true });
      }
    }
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Gives a whole file a second name, at once with its contents; false when there is a file of this name. */
async function createFrom(temporary: string, file: string): Promise<boolean> {
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
  }
  // A file system without links, as on a memory stick. Copying is not at once, but almost.
  return copyFile(temporary, file, constants.COPYFILE_EXCL).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

/** The process of a lock, unless it is gone, or the lock was copied here with the folder that it belongs to. */
async function runningHolder(lock: string, folder: string): Promise<Holder | undefined> {
  const holder = parseHolder(lock);
  return holder && holder.inode === (await inodeOf(folder)) && (await isRunning(holder)) ? holder : undefined;
}

/** The name of the machine where the holder runs; undefined for this one. */
const machineOf = ({ machine }: Holder): string | undefined => (machine === hostname() ? undefined : machine);

const inodeOf = async (folder: string): Promise<string> => (await stat(folder, { bigint: true })).ino.toString();

/** Undefined for anything else than a lock: it names no process that could be running. */
function parseHolder(text: string): Holder | undefined {
  try {
    const { host, pid, start, machine, inode } = JSON.parse(text) as Partial<Record<string, unknown>>;
    const isHolder = typeof host === 'string' && typeof start === 'string' && typeof machine === 'string' && typeof inode === 'string' && Number.isSafeInteger(pid);
    return isHolder ? { host, pid: pid as number, start, machine, inode } : undefined;
  } catch {
    return undefined;
  }
}

async function readIfPresent(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    if (error.code === 'EISDIR') throw new Error(`${file} is a folder; expected the lock file of a run, or nothing: remove it.`, { cause: error });
    throw error;
  });
}

function readIfPresentSync(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
