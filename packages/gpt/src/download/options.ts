// Checks the options of a download, and the address of a folder.
import type { OptionNames } from '@kk/nn-core';
import type { ReceiveOptions } from './receive.js';

export interface DownloadOptions extends Omit<ReceiveOptions, 'sha256' | 'mostBytes'> {
  /** The SHA-256 of files, 64 hexadecimal digits each, by their names. Default: the one that the server sends as Repr-Digest, if it does. */
  checksums?: Readonly<Record<string, string>>;
}

export const DOWNLOAD_NAMES: OptionNames<DownloadOptions> = {
  signal: 'optional',
  onProgress: 'optional',
  attempts: 'optional',
  waitMilliseconds: 'optional',
  stallMilliseconds: 'optional',
  fetch: 'optional',
  checksums: 'optional',
};

/** @throws TypeError or RangeError that names the option */
export function checkDownloadOptions(operation: string, { attempts = 1, waitMilliseconds = 0, stallMilliseconds = 1, checksums = {} }: DownloadOptions): void {
  for (const [name, value, least] of [['attempts', attempts, 1], ['waitMilliseconds', waitMilliseconds, 0], ['stallMilliseconds', stallMilliseconds, 1]] as const) {
    if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`${operation}: ${name} is ${String(value)}; expected a whole number of at least ${least}.`);
  }
  for (const [file, checksum] of Object.entries(checksums)) {
    if (typeof checksum !== 'string' || !/^[0-9a-fA-F]{64}$/.test(checksum)) throw new TypeError(`${operation}: the checksum of ${file} is ${JSON.stringify(checksum)}; expected 64 hexadecimal digits, as sha256sum prints them.`);
  }
}

/** There is a checksum for a file that the model does not have, and that so would not be checked. */
export class ChecksumNameError extends TypeError {
  override readonly name = 'ChecksumNameError';
  constructor(operation: string, readonly file: string, readonly files: readonly string[]) {
    super(`${operation}: there is a checksum for ${file}; expected names of the model's files: ${files.join(', ')}.`);
  }
}

/** @throws ChecksumNameError */
export function checkChecksumNames(operation: string, { checksums = {} }: DownloadOptions, files: readonly string[]): void {
  const unknown = Object.keys(checksums).find((name) => !files.includes(name));
  if (unknown !== undefined) throw new ChecksumNameError(operation, unknown, files);
}

/** What applies to one file. */
export function optionsOf(file: string, { checksums, ...options }: DownloadOptions, mostBytes: number): ReceiveOptions {
  const sha256 = checksums && Object.hasOwn(checksums, file) ? checksums[file] : undefined;
  return { ...options, mostBytes, ...(sha256 === undefined ? {} : { sha256 }) };
}

/**
 * The address of the folder, ending with a slash. In a page it may be relative.
 * @throws TypeError when it is none
 */
export function folderAddress(operation: string, given: string | URL): URL {
  const base = (globalThis as { location?: { href?: string } }).location?.href;
  let url: URL;
  try {
    url = base === undefined ? new URL(given) : new URL(given, base);
  } catch (cause) {
    throw new TypeError(`${operation}: ${JSON.stringify(String(given))} is no URL; expected the address of a folder, such as https://example.org/models/small.`, { cause });
  }
  if (url.username !== '' || url.password !== '') throw new TypeError(`${operation}: the address holds a name or a password; expected none. Give a \`fetch\` that sends them as a header.`);
  if (!['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new TypeError(`${operation}: got ${url.href}; expected the address of a folder that begins with http: or https:, without ? and #.`);
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
