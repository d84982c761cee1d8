// Notes what has arrived of a file, and computes its checksum while the bytes come.
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import type { DownloadTarget } from './target.js';

export class Arrival {
  #hash = sha256.create();
  #hashed = 0;

  constructor(readonly target: DownloadTarget, public expected: string | undefined) {}

  async append(bytes: Uint8Array): Promise<void> {
    await this.#catchUp();
    await this.target.append(bytes);
    this.#hash.update(bytes);
    this.#hashed += bytes.length;
  }

  begin(...args: Parameters<DownloadTarget['begin']>): Promise<void> | void {
    this.#hash = sha256.create();
    this.#hashed = 0;
    return this.target.begin(...args);
  }

  /** Undefined if the file has the checksum that it should have, or nobody said which. */
  async wrongChecksum(): Promise<{ got: string; expected: string } | undefined> {
    if (this.expected === undefined) return undefined;
    await this.#catchUp();
    const got = bytesToHex(this.#hash.digest());
    return got === this.expected ? undefined : { got, expected: this.expected };
  }

  /** Reads what was there before this run. */
  async #catchUp(): Promise<void> {
    if (this.#hashed === this.target.size) return;
    this.#hash = sha256.create();
    for await (const bytes of this.target.contents()) this.#hash.update(bytes);
    this.#hashed = this.target.size;
  }
}
