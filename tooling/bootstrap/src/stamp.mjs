// A stamp records that work was done for certain inputs: a hash in a file. If it still matches, the work can be skipped.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @param {string} root
 * @param {string[]} files  paths from the root; their order does not matter, their names and contents do
 * @param {string[]} [facts]  other things that the work depends on, such as the version of Node
 * @returns {string} 64 hexadecimal digits
 */
export function hashFiles(root, files, facts = []) {
  const hash = createHash('sha256');
  // Lengths separate neighbouring values, so that no bytes can move from one to the next unnoticed.
  const add = (/** @type {string | Buffer} */ value) => hash.update(`${Buffer.byteLength(value)}:`).update(value);
  for (const fact of facts) add(fact);
  for (const file of [...files].sort()) {
    add(file);
    add(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** A stamp in a file. */
export class Stamp {
  #file;

  /** @param {string} file */
  constructor(file) {
    this.#file = file;
  }

  /**
   * @param {string} hash
   * @returns {boolean} whether the work was finished for these inputs
   */
  matches(hash) {
    try {
      return readFileSync(this.#file, 'utf8').trim() === hash;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return false;
      throw error;
    }
  }

  /** Call it before the work starts: interrupted work then leaves no stamp. */
  clear() {
    rmSync(this.#file, { force: true });
  }

  /** @param {string} hash  the hash of the inputs of the finished work */
  set(hash) {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${hash}\n`);
  }
}
