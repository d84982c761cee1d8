// Declares the one error of all files of vectors.

export interface PlaceInFile {
  /** The line, from 1, of a text file. */
  line?: number;
  /** The byte, from 0, where what is wrong begins. */
  byte?: number;
}

/** A file is malformed, truncated, or no UTF-8. It says where, what was found and what was expected. */
export class VectorFileError extends Error implements PlaceInFile {
  override readonly name = 'VectorFileError';
  readonly line: number | undefined;
  readonly byte: number | undefined;

  /** @param format of the file, such as 'word2vec text' */
  constructor(readonly format: string, problem: string, { line, byte }: PlaceInFile = {}) {
    const place = line !== undefined ? `, line ${line}` : byte !== undefined ? `, byte ${byte}` : '';
    super(`${format}${place}: ${problem}`);
    this.line = line;
    this.byte = byte;
  }
}

/** For example `1 vector`. */
export function vectorsInWords(count: number): string {
  return count === 1 ? '1 vector' : `${count} vectors`;
}

/** Foreign text in an error, short and on one line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
