// Error messages for failures of the file system.

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder, not a file'],
  ['EACCES', 'permission denied'],
  ['ENOTDIR', 'a part of the path is not a folder'],
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
  return new Error(`cannot read "${path}": ${reasons.get(code) ?? (error instanceof Error ? error.message : String(error))}`, { cause: error });
}
