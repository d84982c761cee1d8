// Finds the vectors of a table that are closest to a given one.

/** The cosine of the angle between two vectors: 1 same direction, 0 right angle, -1 opposite. 0 when one of them is zero. */
export function cosineSimilarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`cosineSimilarity: the vectors have ${a.length} and ${b.length} numbers; they must have equally many.`);
  let dot = 0;
  let aSquared = 0;
  let bSquared = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aSquared += a[i]! * a[i]!;
    bSquared += b[i]! * b[i]!;
  }
  if (aSquared === 0 || bSquared === 0) return 0;
  const cosine = dot / (Math.sqrt(aSquared) * Math.sqrt(bSquared)); // two roots, because the product may underflow
  return Math.max(-1, Math.min(1, cosine));
}

export interface Neighbour {
  readonly id: number;
  /** Cosine similarity, from -1 to 1. */
  readonly similarity: number;
}

/**
 * The rows of a table with the highest cosine similarity to `vector`, best first; the lower id first on ties.
 * @param table row-major, (rows, width) with width = vector.length
 * @param exclude ids to exclude, such as the id of the vector itself
 */
export function nearestNeighbours(table: ArrayLike<number>, vector: ArrayLike<number>, count: number, exclude: Iterable<number> = []): Neighbour[] {
  const width = vector.length;
  if (width === 0 || table.length % width !== 0) {
    throw new RangeError(`nearestNeighbours: a table of ${table.length} numbers does not consist of rows of ${width}.`);
  }
  const left = new Set(exclude);
  const found: Neighbour[] = [];
  for (let id = 0; id < table.length / width; id++) {
    if (left.has(id)) continue;
    const row = Array.prototype.slice.call(table, id * width, (id + 1) * width) as number[];
    found.push({ id, similarity: cosineSimilarity(row, vector) });
  }
  return found.sort((a, b) => b.similarity - a.similarity || a.id - b.id).slice(0, count);
}
