// Proves that files can be made in a folder, before time goes into what shall be saved there. Permissions are not asked for but tried:
// root may do anything and still finds a file system that is read-only.
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';
import { temporaryName } from './temporary-names.js';

/**
 * Makes the folder when it is missing, and a file in it that is gone afterwards.
 * @returns the topmost folder that was made; undefined when all were there
 * @throws the system's error: EACCES, EROFS, ENOSPC; EEXIST or ENOTDIR when a file stands where a folder should be
 */
export async function checkWritable(folder: string): Promise<string | undefined> {
  const made = await makeFolder(folder);
  const path = await temporaryName(join(folder, 'check'));
  const file = await open(path, 'wx');
  try {
    await file.close();
  } finally {
    await rm(path, { force: true });
  }
  return made;
}
