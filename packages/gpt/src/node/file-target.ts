// Writes a download into a file, which outlives the process. Node only.
import { constants, createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { FileVersion } from '../download/response-headers.js';
import type { DownloadTarget } from '../download/target.js';

export class FileTarget implements DownloadTarget {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #remember: (version: FileVersion) => Promise<void>;
  #size: number;
  #kept: number;
  #version: FileVersion;

  private constructor(path: string, file: FileHandle, size: number, version: FileVersion, remember: (version: FileVersion) => Promise<void>) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
    this.#kept = size;
    this.#version = version;
    this.#remember = remember;
  }

  /**
   * Opens the file, and makes it if it is not there.
   * @param version  of the bytes that are in it
   * @param remember  stores the version of the bytes that will follow
   */
  static async open(path: string, version: FileVersion, remember: (version: FileVersion) => Promise<void>): Promise<FileTarget> {
    const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_RDWR } = constants; // Windows has no O_NOFOLLOW
    const file = await open(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_RDWR);
    return new FileTarget(path, file, (await file.stat()).size, version, remember);
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes of an earlier run that are still in use. */
  get keptBytes(): number {
    return this.#kept;
  }

  get version(): FileVersion {
    return this.#version;
  }

  async begin(version: FileVersion): Promise<void> {
    await this.#file.truncate(0);
    this.#size = this.#kept = 0;
    await this.#remember(version);
    this.#version = version;
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#file.writeFile(bytes); // goes on after a short write, and at the end of the file, as it was opened to append
    this.#size += bytes.length;
  }

  contents(): AsyncIterable<Uint8Array> {
    return createReadStream(this.#path);
  }

  /** @param whole  whether all is there and must be on the disk */
  async close(whole: boolean): Promise<void> {
    try {
      if (whole) await this.#file.sync();
    } finally {
      await this.#file.close();
    }
  }
}
