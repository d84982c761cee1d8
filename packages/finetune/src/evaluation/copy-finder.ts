// Finds passages that a model wrote word for word as they stand in the text that it learned from.

export interface CopiedPassages {
  /** Tokens in passages of at least `minimumRun` tokens that also stand in the source. */
  readonly copiedTokens: number;
  /** All tokens that were looked at. */
  readonly tokens: number;
  /** The longest passage, in tokens: 0 if none has the minimum. */
  readonly longest: number;
}

/** The multiplier of the hash; odd, from Knuth's multiplicative hashing. */
const MIX = 0x9e3779b1;

/**
 * Every run of `minimumRun` tokens of the source is in a hash table; a hit is compared token by token and extended as far as it goes. Memory: 8 to 16 bytes a
 * token of the source.
 */
export class CopyFinder {
  /** Bucket -> the last place of the source whose run falls into it, plus 1. */
  readonly #buckets: Int32Array;
  /** Place -> the place before it in the same bucket, plus 1. */
  readonly #before: Int32Array;
  readonly #mask: number;

  /**
   * @param source ids of the text that may have been copied from
   * @param minimumRun shorter copies do not count: 1 to 1000 tokens. Default 8, about what two writers share by chance
   * @throws RangeError when it is out of range
   */
  constructor(
    readonly source: Int32Array,
    readonly minimumRun = 8,
  ) {
    if (!Number.isSafeInteger(minimumRun) || minimumRun < 1 || minimumRun > 1000) throw new RangeError(`CopyFinder: minimumRun is ${String(minimumRun)}; expected a whole number from 1 to 1000.`);
    const places = Math.max(0, source.length - minimumRun + 1);
    const size = 2 ** Math.max(4, Math.ceil(Math.log2(places + 1)));
    this.#mask = size - 1;
    this.#buckets = new Int32Array(size);
    this.#before = new Int32Array(places);
    for (let place = 0; place < places; place++) {
      const bucket = this.#bucketOf(source, place);
      this.#before[place] = this.#buckets[bucket]!;
      this.#buckets[bucket] = place + 1;
    }
  }

  /** What is copied in each text alone, added up; `longest` is that of all. */
  measure(texts: Iterable<ArrayLike<number>>): CopiedPassages {
    let [copiedTokens, tokens, longest] = [0, 0, 0];
    for (const ids of texts) {
      tokens += ids.length;
      // Tokens before `covered` are counted already.
      let covered = 0;
      for (let at = 0; at + this.minimumRun <= ids.length; at++) {
        const run = this.#longestAt(ids, at);
        if (run === 0) continue;
        longest = Math.max(longest, run);
        copiedTokens += Math.max(0, at + run - Math.max(at, covered));
        covered = Math.max(covered, at + run);
      }
    }
    return { copiedTokens, tokens, longest };
  }

  /** The length of the longest passage of the source that begins at this place of a text; 0 if it is shorter than the minimum. */
  #longestAt(ids: ArrayLike<number>, at: number): number {
    let longest = 0;
    for (let next = this.#buckets[this.#bucketOf(ids, at)]!; next > 0; next = this.#before[next - 1]!) {
      const place = next - 1;
      let run = 0;
      while (at + run < ids.length && place + run < this.source.length && ids[at + run] === this.source[place + run]) run++;
      if (run >= this.minimumRun) longest = Math.max(longest, run);
    }
    return longest;
  }

  #bucketOf(ids: ArrayLike<number>, at: number): number {
    let hash = 0;
    for (let i = 0; i < this.minimumRun; i++) hash = Math.imul(hash ^ ids[at + i]!, MIX) ^ (hash >>> 15);
    return (hash ^ (hash >>> 13)) & this.#mask;
  }
}
