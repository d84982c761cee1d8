// Remembers what a model found in pieces, because most words of a text occur again. When it is full, it is emptied.

/** The most pieces in the cache. 2 MB of English have about 30,000 distinct words. */
const MOST = 50_000;

/** Longer pieces are not cached: they seldom occur again and take much memory. */
const LONGEST = 48;

export class RecentPieces<Found> {
  readonly #found = new Map<string, Found>();

  get(piece: string): Found | undefined {
    return this.#found.get(piece);
  }

  /** Whether a piece is short enough to be cached. */
  takes(piece: string): boolean {
    return piece.length <= LONGEST;
  }

  set(piece: string, found: Found): void {
    if (this.#found.size >= MOST) this.#found.clear();
    this.#found.set(piece, found);
  }
}
