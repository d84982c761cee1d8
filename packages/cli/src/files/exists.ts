// Whether there is something under a path.
import { access } from 'node:fs/promises';

/** @throws {Error} when that cannot be said, as without the permission to look */
export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
