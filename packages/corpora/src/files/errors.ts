// Error messages for failures of the file system.

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EISDIR', 'it is a folder, expected a file'],
  ['EACCES', 'there is no permission'],
  ['ENOTDIR', 'a part of the path is a file, expected a folder'],
  ['ELOOP', 'its links lead in a circle'],
]);

/** Awaits an access to a file. @throws Error that names the file and the reason if it fails */
export async function readable<T>(path: string, access: Promise<T>): Promise<T> {
  try {
    return await access;
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** An error that names the file and the reason. */
export function cannotRead(path: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new Error(`Cannot read ${path}: ${reasons.get(code) ?? (error instanceof Error ? error.message : String(error))}`, { cause: error });
}
