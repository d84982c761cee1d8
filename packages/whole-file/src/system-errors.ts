// The reasons of the operating system in words. Messages for people show these instead of codes such as ENOENT.

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EACCES', 'there is no permission'],
  ['EPERM', 'it is not permitted'],
  ['EEXIST', 'it is there already'],
  ['EISDIR', 'it is a folder, expected a file'],
  ['ENOTDIR', 'a part of the path is a file, expected a folder'],
  ['ENXIO', 'nobody reads from it'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EMFILE', 'too many files are open'],
  ['EFBIG', 'the file is too large'],
  ['ELOOP', 'its links lead in a circle'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EIO', 'the device reports an error'],
]);

/** Why the system refused, as a part of a sentence; the message of the error where it is none of the system's. */
export function reasonOf(error: unknown): string {
  return systemReason(error) ?? (error instanceof Error ? error.message : String(error));
}

/** Undefined for an error that the system did not give, or that has no words here. */
export const systemReason = (error: unknown): string | undefined => reasons.get(String((error as NodeJS.ErrnoException | undefined)?.code));
