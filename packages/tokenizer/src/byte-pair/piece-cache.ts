// Remembers the ids of pieces that were met before, since most words of a text are old ones.
// Bounded: when the young half is full it becomes the old half, and the old half is dropped.

/** Pieces per half. English reaches about 30,000 distinct pieces in 2 MB. */
const HALF = 32_768;

/** Longer pieces are rare, seldom come back, and would make the cache large. */
const LONGEST_PIECE = 48;

export class PieceCache {
  #young = new Map<string, readonly number[]>();
  #old = new Map<string, readonly number[]>();

  get(piece: string): readonly number[] | undefined {
    const ids = this.#young.get(piece);
    if (ids) return ids;
    const oldIds = this.#old.get(piece);
    if (oldIds) this.#remember(piece, oldIds);
    return oldIds;
  }

  set(piece: string, ids: readonly number[]): void {
    if (piece.length <= LONGEST_PIECE) this.#remember(piece, ids);
  }

  #remember(piece: string, ids: readonly number[]): void {
    if (this.#young.size >= HALF) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(detach(piece), ids);
  }
}

/** A copy with its own memory: a slice of a string keeps the whole string alive. */
function detach(piece: string): string {
  const units = new Array<number>(piece.length);
  for (let i = 0; i < piece.length; i++) units[i] = piece.charCodeAt(i);
  return String.fromCharCode(...units);
}
