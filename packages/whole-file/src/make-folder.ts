// Makes a folder and those above it. Not by `mkdir(path, { recursive: true })`: Node 20 never returns from it where the system says
// that there is no folder although the one above is there, as below /proc.
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * @returns the topmost folder that was made; undefined when all were there
 * @throws the system's error: EACCES, EROFS, ENOSPC, ENOENT; EEXIST or ENOTDIR when a file stands where a folder should be
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    if (await isThere(folder)) break;
    missing.unshift(folder);
    if (dirname(folder) === folder) break;
  }
  let first: string | undefined;
  for (const folder of missing) if (await make(folder)) first ??= folder;
  if (missing.length === 0 && !(await stat(path)).isDirectory()) throw Object.assign(new Error(`EEXIST: file already exists, mkdir '${path}'`), { code: 'EEXIST', path });
  return first;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** False when another process was faster. */
async function make(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(folder)).isDirectory()) return false;
    throw error;
  }
}
