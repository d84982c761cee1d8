// Declares where the bytes of a download go: into memory here, into a file in `node/file-target.ts`.
import { DownloadError } from './download-error.js';
import type { FileVersion } from './response-headers.js';

export interface DownloadTarget {
  /** Bytes that are there. */
  readonly size: number;
  /** Which file they are from. */
  readonly version: FileVersion;
  /** Forgets what is there: the bytes of another version, or the first ones, will follow. */
  begin(version: FileVersion): Promise<void> | void;
  /** @param bytes what follows; they may be overwritten after the call */
  append(bytes: Uint8Array): Promise<void> | void;
  /** What is there, for the checksum. */
  contents(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Grows by at least this many bytes where the server does not say how long a file is. */
const FIRST_BYTES = 2 ** 16;

export class MemoryTarget implements DownloadTarget {
  #bytes = new Uint8Array(0);
  #size = 0;
  #version: FileVersion = {};

  get size(): number {
    return this.#size;
  }

  get version(): FileVersion {
    return this.#version;
  }

  begin(version: FileVersion): void {
    this.#version = version;
    this.#size = 0;
    try {
      this.#bytes = new Uint8Array(version.totalBytes ?? 0);
    } catch (cause) {
      throw new DownloadError(`The server says that the file has ${version.totalBytes} bytes, for which there is no memory.`, { cause });
    }
  }

  append(bytes: Uint8Array): void {
    const needed = this.#size + bytes.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length, FIRST_BYTES));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#size);
    this.#size = needed;
  }

  contents(): Iterable<Uint8Array> {
    return [this.bytes];
  }

  /** What has arrived. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }
}
