// The names of files that are not whole yet: they say which process writes, so that what a killed one left can be told from what is being written.
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.js';

const PATTERN = /\.(?<host>[0-9a-f]{6})-(?<pid>\d+)-(?<start>[0-9a-f]{0,6})\.[0-9a-f]{12}\.tmp$/;

/** A name that nothing has yet, in the same folder, so that the file can be renamed to `path`. */
export async function temporaryName(path: string): Promise<string> {
  const { host, pid, start } = await ownIdentity();
  return `${path}.${host}-${pid}-${start}.${randomBytes(6).toString('hex')}.tmp`;
}

/** The writer of a temporary file; undefined for any other name. */
export function writerOf(name: string): ProcessIdentity | undefined {
  const groups = PATTERN.exec(name)?.groups;
  return groups && { host: groups.host!, pid: Number(groups.pid), start: groups.start! };
}

/**
 * Deletes the temporary files in a folder whose writers are gone. Those of running processes and of other machines stay.
 * @returns the names of the deleted files; none when there is no such folder
 */
export async function removeAbandonedFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  const removed: string[] = [];
  for (const name of names) {
    const writer = writerOf(name);
    if (!writer || (await isRunning(writer))) continue;
    await rm(join(folder, name), { force: true }); // another process may tidy up at the same time
    removed.push(name);
  }
  return removed;
}
