// Finds the lines of a text file, as places in the buffer of a reader.
import type { ByteReader } from './byte-reader.js';

const NEWLINE = 10;
const CARRIAGE_RETURN = 13;

export class TextLines {
  /** The number of the current line, from 1. */
  line = 0;
  /** Where it lies in `reader.buffer`: valid until the next one. */
  from = 0;
  to = 0;
  readonly reader: ByteReader;
  /** Before this place there is no newline. */
  #searched = 0;

  constructor(reader: ByteReader) {
    this.reader = reader;
  }

  /** Goes to the next line if its end has arrived. @returns false when `wait` must be asked */
  next(): boolean {
    const { reader } = this;
    const end = reader.buffer.indexOf(NEWLINE, Math.max(this.#searched, reader.at));
    if (end < 0) {
      this.#searched = reader.buffer.length;
      return false;
    }
    this.#take(end, end + 1);
    return true;
  }

  /** Waits for the next line. The last one may lack a newline. @returns false at the end of the file */
  async wait(): Promise<boolean> {
    const { reader } = this;
    for (;;) {
      const searched = reader.available;
      if (!(await reader.more())) break;
      this.#searched = searched;
      if (this.next()) return true;
    }
    if (reader.available === 0) return false;
    this.#take(reader.buffer.length, reader.buffer.length);
    return true;
  }

  /** The byte of the file where the current line begins. */
  get byte(): number {
    return this.reader.position - (this.reader.at - this.from);
  }

  #take(end: number, next: number): void {
    const { reader } = this;
    this.line++;
    this.from = reader.at;
    this.to = end > this.from && reader.buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    reader.at = next;
    this.#searched = next;
  }
}

/** Leaves the three bytes out with which some programs begin UTF-8. */
export async function skipByteOrderMark(reader: ByteReader): Promise<void> {
  while (reader.available < 3 && (await reader.more())) { /* wait */ }
  const { buffer, at } = reader;
  if (buffer[at] === 0xef && buffer[at + 1] === 0xbb && buffer[at + 2] === 0xbf) reader.at += 3;
}
