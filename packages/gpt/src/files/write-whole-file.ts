// Writing a file so that its name always stands for a complete one: under a temporary name first, then renamed.
//
// Not from a library: those at hand make one system call and take a short write, as a disk gives it that is about to be
// full, for a complete one.
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes the folder when it is missing. On failure, an earlier file of this name is untouched and nothing else is left behind.
 * @throws the system's error: ENOSPC for a full disk
 */
export async function writeWholeFile(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await open(temporary, 'wx');
  try {
    try {
      await file.writeFile(contents); // goes on after a short write until all is written or the disk is full
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
}
