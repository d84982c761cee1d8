// Writing a file so that its name always stands for a complete one: under a temporary name first, then renamed.
//
// Not from a library: those at hand make one system call and take a short write, as a disk gives it that is about to be
// full, for a complete one.
import type { Stats } from 'node:fs';
import { lstat, open, readlink, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeFolder } from './make-folder.js';
import { temporaryName } from './temporary-names.js';

/** Text (written as UTF-8) and bytes, at once or in chunks. */
export type Contents = string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Short chunks, such as lines, are gathered to this many characters, since every write is a system call. */
const GATHERED_CHARACTERS = 2 ** 20;

/** The process's own open files: what stands behind them belongs to whoever opened them and must not be replaced. */
const OPEN_FILE = /^\/(?:dev\/(?:stdin|stdout|stderr|fd\/\d+)|proc\/[^/]+\/fd\/\d+)$/;

export interface WriteOptions {
  /**
   * Called when all contents are written: bytes that replace as many at the beginning, such as a header with the length of what follows.
   * Only for files, since a pipe cannot be written to twice.
   */
  beginning?: () => Uint8Array;
}

/**
 * Makes the folder when it is missing. A symbolic link stays, and the file that it names is replaced. The mode of an earlier file stays.
 * On failure, an earlier file is untouched and nothing else is left behind. A pipe or a character device (`/dev/stdout`, `/dev/full`)
 * cannot be replaced: it is written to directly, and a failure may leave a part there.
 * @throws Error when there is a folder, a socket or a block device of this name, or a pipe or a character device and a beginning to be replaced
 * @throws the system's error: ENOSPC for a full disk
 */
export async function writeWholeFile(path: string, contents: Contents, { beginning }: WriteOptions = {}): Promise<void> {
  const present = await statIfPresent(path);
  if (present && !present.isFile()) refuseUnwritable(path, present);
  if (present && (!present.isFile() || OPEN_FILE.test(path))) {
    if (beginning) throw Object.assign(new Error(`${path} is a pipe or a device, and the beginning of this file is written last; expected the name of a file.`), { code: 'EINVAL', path });
    await writeAndClose(await open(path, 'w'), contents).catch((error: unknown) => Promise.reject(naming(path, path, error)));
    return;
  }
  const target = await followLinks(path);
  await makeFolder(dirname(target));
  const temporary = await temporaryName(target);
  const file = await open(temporary, 'wx').catch((error: unknown) => Promise.reject(naming(path, temporary, error)));
  try {
    await writeAndClose(file, contents, async () => {
      if (beginning) await writeAt(file, beginning());
      if (present) await file.chmod(present.mode & 0o777);
      await file.sync();
    });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw naming(path, temporary, error);
  }
}

/** The error with the name of the file instead of its temporary one, which nobody knows. */
function naming(path: string, temporary: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const named = error as NodeJS.ErrnoException;
  named.message = named.message.replaceAll(temporary, path);
  if (named.path === undefined || named.path === temporary) named.path = path;
  return named;
}

/** @throws Error unless it is a pipe or a character device */
function refuseUnwritable(path: string, present: Stats): void {
  if (present.isFIFO() || present.isCharacterDevice()) return;
  const what = present.isDirectory() ? 'a folder' : present.isSocket() ? 'a socket' : 'a block device';
  throw Object.assign(new Error(`${path} is ${what}; expected the name of a file to write.`), { code: present.isDirectory() ? 'EISDIR' : 'EINVAL', path });
}

/** Where the file will stand: behind all links, also behind one that names no file yet. */
async function followLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const link = await lstat(path).catch(() => undefined);
  return link?.isSymbolicLink() ? followLinks(resolve(dirname(path), await readlink(path))) : path;
}

async function writeAndClose(file: FileHandle, contents: Contents, finish?: () => Promise<void>): Promise<void> {
  try {
    for await (const chunk of gathered(contents)) await file.writeFile(chunk); // goes on after a short write until all is written or the disk is full
    await finish?.();
  } finally {
    await file.close();
  }
}

/** Writes from the file's first byte on, and again after a short write. */
async function writeAt(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten;
}

/** The contents in chunks that are worth a system call. */
async function* gathered(contents: Contents): AsyncGenerator<string | Uint8Array> {
  if (typeof contents === 'string' || contents instanceof Uint8Array) {
    yield contents;
    return;
  }
  let text = '';
  for await (const chunk of contents) {
    if (typeof chunk === 'string') text += chunk;
    if (text !== '' && (text.length >= GATHERED_CHARACTERS || typeof chunk !== 'string')) {
      yield text;
      text = '';
    }
    if (typeof chunk !== 'string') yield chunk;
  }
  if (text !== '') yield text;
}

/** Undefined where there is nothing, also behind a link. */
async function statIfPresent(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
