// A cache from pieces to their ids, because most words of a text occur again. When it is full, it is emptied.

/** The most pieces in the cache. 2 MB of English have about 30,000 distinct words. */
const MOST = 50_000;

/** Longer pieces are not cached: they seldom occur again and take much memory. */
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
