// Finds the n-grams of a word as fastText numbers them: pieces of `<word>` of some lengths, hashed into buckets that share vectors.
//
// Source: Bojanowski, Grave, Joulin and Mikolov, "Enriching word vectors with subword information", TACL 2017; the hash is that of
// fastText 0.9.2, so that its files agree.

export interface SubwordLengths {
  /** The shortest and the longest n-gram, in Unicode code points, boundary marks included: integers from 1. */
  minLength: number;
  maxLength: number;
  /** Into how many buckets n-grams are hashed: an integer from 1 to 2^32 - 1. */
  buckets: number;
}

/** The vectors of the buckets. */
export interface Subwords extends SubwordLengths {
  /** The buckets that have a vector, ascending. Absent: all of them, as in fastText's files. Training keeps only those that a word needs. */
  present?: Uint32Array | undefined;
  /** Their vectors row by row, shape (present, width). */
  matrix: Float32Array;
}

const encoder = new TextEncoder();
/** FNV-1a with 32 bits. */
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * The hash of fastText. It extends the sign of each byte before it is mixed in, other than FNV-1a, which matters beyond ASCII.
 *
 * @returns an integer from 0 to 2^32 - 1
 */
export function subwordHash(text: string): number {
  return hashBytes(encoder.encode(text), 0, Infinity);
}

/**
 * The buckets of a word's n-grams, in the order of fastText: by the place where they begin, then by length. A single boundary mark is
 * none. An n-gram that occurs twice is there twice.
 *
 * @returns integers from 0 to `buckets` - 1
 */
export function subwordBuckets(word: string, { minLength, maxLength, buckets }: SubwordLengths): number[] {
  const bytes = encoder.encode(`<${word}>`);
  const found: number[] = [];
  for (let start = 0; start < bytes.length; start++) {
    if (isContinuation(bytes[start])) continue;
    let end = start;
    for (let length = 1; length <= maxLength && end < bytes.length; length++) {
      end++;
      while (end < bytes.length && isContinuation(bytes[end])) end++;
      const isMark = length === 1 && (start === 0 || end === bytes.length);
      if (length >= minLength && !isMark) found.push(hashBytes(bytes, start, end) % buckets);
    }
  }
  return found;
}

/**
 * The mean of the vectors of a word's n-grams, rounded after each addition as fastText does. Buckets without a vector are left out.
 *
 * @param width  numbers per vector
 * @returns `width` numbers, or undefined when no n-gram has a vector
 */
export function subwordVector(subwords: Subwords, width: number, word: string): Float32Array | undefined {
  const sum = new Float32Array(width);
  let count = 0;
  for (const bucket of subwordBuckets(word, subwords)) {
    const row = rowOfBucket(subwords, bucket);
    if (row === undefined) continue;
    count++;
    for (let i = 0; i < width; i++) sum[i] += subwords.matrix[row * width + i];
  }
  if (count === 0) return undefined;
  const share = Math.fround(1 / count);
  return sum.map((value) => value * share);
}

/** The row of a bucket in the matrix, or undefined when it has no vector. */
export function rowOfBucket({ present }: Pick<Subwords, 'present'>, bucket: number): number | undefined {
  return present === undefined ? bucket : rowOf(present, bucket);
}

/** Where a number is in an ascending list. */
function rowOf(ascending: Uint32Array, value: number): number | undefined {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === value ? low : undefined;
}

function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = OFFSET_BASIS;
  for (let at = start; at < Math.min(end, bytes.length); at++) hash = Math.imul(hash ^ ((bytes[at] << 24) >> 24), PRIME);
  return hash >>> 0;
}

/** Whether a byte of UTF-8 is not the first of its character. */
const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;
