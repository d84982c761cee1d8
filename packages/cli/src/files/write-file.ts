// Writing a file so that its name always stands for a complete one: under a temporary name first, then renamed.
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes the folder as well. On failure an earlier file of this name is untouched, and nothing else is left behind.
 * @throws the system's error, ENOSPC for a full disk
 */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await open(temporary, 'wx');
  try {
    try {
      // FileHandle.writeFile goes on after a short write until all is written or the disk is full; a single write would not say so.
      await file.writeFile(text);
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
