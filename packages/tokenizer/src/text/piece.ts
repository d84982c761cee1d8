// Holds a piece of text inside the pipeline: its current text and, if offsets are wanted, the range of the original that each unit came from.
// Pieces are immutable; each step creates new ones.

/** For every UTF-16 unit of a piece's text: the range of the original text it came from, in UTF-16 units. */
export interface Alignment {
  starts: Int32Array;
  ends: Int32Array;
}

export class Piece {
  /**
   * @param text  without lone surrogates
   * @param alignment  undefined if offsets are not wanted
   * @param atStart  whether the piece is at the beginning of the original text
   */
  constructor(
    readonly text: string,
    readonly alignment: Alignment | undefined,
    readonly atStart: boolean,
  ) {}

  /** A piece of the original text: `text` starts there at the unit `offset`. `tracked`: whether offsets are wanted. */
  static original(text: string, offset: number, tracked: boolean): Piece {
    if (!tracked) return new Piece(text, undefined, offset === 0);
    const starts = new Int32Array(text.length);
    const ends = new Int32Array(text.length);
    for (let i = 0; i < text.length; i++) {
      const size = (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
      for (let j = 0; j < size; j++) {
        starts[i + j] = offset + i;
        ends[i + j] = offset + i + size;
      }
      i += size - 1;
    }
    return new Piece(text, { starts, ends }, offset === 0);
  }

  slice(start: number, end: number): Piece {
    if (start === 0 && end === this.text.length) return this;
    const text = this.text.slice(start, end);
    if (!this.alignment) return new Piece(text, undefined, this.atStart && start === 0);
    const { starts, ends } = this.alignment;
    const alignment = { starts: starts.subarray(start, end), ends: ends.subarray(start, end) };
    return new Piece(text, alignment, end > start ? alignment.starts[0] === 0 : this.atStart && start === 0);
  }

  /** The same piece with another `atStart`. */
  withStart(atStart: boolean): Piece {
    return new Piece(this.text, this.alignment, atStart);
  }

  /** The range of the original that `text.slice(start, end)` came from. Only for tracked pieces and non-empty ranges. */
  rangeOf(start: number, end: number): [start: number, end: number] {
    const { starts, ends } = this.alignment as Alignment;
    return [starts[start], ends[end - 1]];
  }
}
