// A stretch of text on its way through the pipeline: what it reads now, and, when somebody asked for offsets, which part of the
// original every unit of it came from. Immutable; a step makes new pieces out of old ones.

/** For every UTF-16 unit of a piece's text the range of the original text that it came from, in UTF-16 units. */
export interface Alignment {
  starts: Int32Array;
  ends: Int32Array;
}

export class Piece {
  /**
   * @param text  without lone surrogates
   * @param alignment  undefined when nobody asked for offsets
   * @param atStart  whether the piece begins where the original text begins
   */
  constructor(
    readonly text: string,
    readonly alignment: Alignment | undefined,
    readonly atStart: boolean,
  ) {}

  /** A piece of the original itself: `text` stands at the unit `offset`. */
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

  /** The same piece, taken for the beginning of the original or not. */
  withStart(atStart: boolean): Piece {
    return new Piece(this.text, this.alignment, atStart);
  }

  /** The range of the original that `text.slice(start, end)` came from; of a tracked piece only, and not of an empty range. */
  rangeOf(start: number, end: number): [start: number, end: number] {
    const { starts, ends } = this.alignment as Alignment;
    return [starts[start], ends[end - 1]];
  }
}
