// Remembers the ids of pieces that were met before, since most words of a text are old ones. Bounded: when it is full it starts anew.

/** English reaches about 30,000 distinct words in 2 MB. */
const MOST = 50_000;

/** Longer pieces seldom come back, and would make the memory large. */
const LONGEST = 48;

export class RecentPieces {
  readonly #ids = new Map<string, readonly number[]>();

  get(piece: string): readonly number[] | undefined {
    return this.#ids.get(piece);
  }

  set(piece: string, ids: () => readonly number[]): void {
    if (piece.length > LONGEST) return;
    if (this.#ids.size >= MOST) this.#ids.clear();
    this.#ids.set(piece, ids());
  }
}
