// Finds the pieces that Unigram training starts from: all characters, and the substrings that occur at least twice, followed by different
// characters. Those that cover the most text come first. They are found with a suffix array and the longest common prefixes of neighbours.
// Source: SentencePiece's `MakeSeedSentencePieces`; the intervals are from Abouelhoda, Kurtz and Ohlebusch, "Replacing suffix trees with
// enhanced suffix arrays" (2004).

import { compareByCodePoint } from '../../../text/code-point-order.js';

/** A piece and its log probability; during counting, its count. */
export interface ScoredPiece {
  piece: string;
  score: number;
}

/** Places of the text between two pauses. */
const PLACES_AT_ONCE = 20_000;
/** More than the highest code point: two characters become one number. */
const FIRST_CHARACTER = 2 ** 21;

/** Separates two words. */
const BOUNDARY = 0;

/**
 * @param words  word -> how often it occurs
 * @param longest  the maximum length of a piece in characters
 * @param most  the maximum number of pieces
 * @returns pieces with log probabilities; it pauses between some hundredths of a second of work
 */
export function* seedPieces(words: ReadonlyMap<string, number>, longest: number, most: number): Generator<void, ScoredPiece[]> {
  const { text, counts } = joinWords(words);
  const characters = [...counts].map(([piece, score]) => ({ piece, score })).sort(byScore);
  yield;
  const substrings = yield* sortedByScore(yield* repeatedSubstrings(text, longest));
  const pieces = [...characters, ...substrings].slice(0, Math.max(most, characters.length));
  const logSum = Math.log(pieces.reduce((sum, { score }) => sum + score, 0));
  return pieces.map(({ piece, score }) => ({ piece, score: Math.log(score) - logSum }));
}

/** Sorts by score, highest first; of equal scores, the piece with later characters first, as in the reference. */
function byScore(a: ScoredPiece, b: ScoredPiece): number {
  return b.score - a.score || compareByCodePoint(b.piece, a.piece);
}

/** Like a sort by `byScore`, one score after the other. */
function* sortedByScore(pieces: readonly ScoredPiece[]): Generator<void, ScoredPiece[]> {
  const byValue = new Map<number, ScoredPiece[]>();
  for (const piece of pieces) {
    const equal = byValue.get(piece.score);
    if (equal) equal.push(piece);
    else byValue.set(piece.score, [piece]);
  }
  const sorted: ScoredPiece[] = [];
  for (const score of [...byValue.keys()].sort((a, b) => b - a)) {
    yield;
    for (const piece of (byValue.get(score) as ScoredPiece[]).sort(byScore)) sorted.push(piece);
  }
  return sorted;
}

/** All distinct words as code points, each followed by a boundary, and the count of each character. */
function joinWords(words: ReadonlyMap<string, number>): { text: Int32Array; counts: Map<string, number> } {
  const codes: number[] = [];
  const counts = new Map<string, number>();
  for (const [word, count] of words) {
    for (const character of word) {
      codes.push(character.codePointAt(0) as number);
      counts.set(character, (counts.get(character) ?? 0) + count);
    }
    codes.push(BOUNDARY);
  }
  return { text: Int32Array.from(codes), counts };
}

/** Every substring of 2 to `longest` characters of a word that is an inner node of the suffix tree, with the amount of text it covers. */
function* repeatedSubstrings(text: Int32Array, longest: number): Generator<void, ScoredPiece[]> {
  const suffixes = yield* sortedSuffixes(text, longest + 1);
  const found: ScoredPiece[] = [];
  // The open nodes: their depths, and where each begins in the suffix array.
  const depths: number[] = [0];
  const begins: number[] = [0];
  const close = (end: number): void => {
    const depth = depths.pop() as number;
    const begin = begins.pop() as number;
    if (depth < 2 || depth > longest) return;
    const start = suffixes[begin];
    const characters = text.subarray(start, start + depth);
    if (!characters.includes(BOUNDARY)) found.push({ piece: String.fromCodePoint(...characters), score: (end - begin) * depth });
  };
  for (let i = 1; i <= suffixes.length; i++) {
    if (i % PLACES_AT_ONCE === 0) yield;
    const common = i < suffixes.length ? commonPrefix(text, suffixes[i - 1], suffixes[i], longest + 1) : 0;
    let begin = i - 1;
    while ((depths.at(-1) as number) > common) {
      begin = begins.at(-1) as number;
      close(i);
    }
    if (common > (depths.at(-1) as number)) {
      depths.push(common);
      begins.push(begin);
    }
  }
  return found;
}

/**
 * The places of the text, sorted by the text from there on, up to `depth` characters or the boundary. Places with the same first two
 * characters are sorted together, one such group after the other.
 */
function* sortedSuffixes(text: Int32Array, depth: number): Generator<void, Int32Array> {
  const compare = (a: number, b: number): number => {
    for (let i = 0; i < depth; i++) {
      const difference = text[a + i] - text[b + i];
      if (difference !== 0) return difference;
      if (text[a + i] === BOUNDARY) break;
    }
    return a - b;
  };
  // Nothing after a boundary counts.
  const keyOf = (place: number): number => (text[place] === BOUNDARY ? 0 : text[place] * FIRST_CHARACTER + text[place + 1]);
  const sizes = new Map<number, number>();
  for (let place = 0; place < text.length; place++) sizes.set(keyOf(place), (sizes.get(keyOf(place)) ?? 0) + 1);
  yield;
  const next = new Map<number, number>();
  let at = 0;
  for (const key of [...sizes.keys()].sort((a, b) => a - b)) {
    next.set(key, at);
    at += sizes.get(key) as number;
  }
  const suffixes = new Int32Array(text.length);
  for (let place = 0; place < text.length; place++) {
    const key = keyOf(place);
    const to = next.get(key) as number;
    suffixes[to] = place;
    next.set(key, to + 1);
  }
  let sinceLast = 0;
  for (const [key, end] of next) {
    const size = sizes.get(key) as number;
    // Places of the boundary are in order already.
    if (key !== 0) suffixes.subarray(end - size, end).sort(compare);
    sinceLast += size;
    if (sinceLast < PLACES_AT_ONCE) continue;
    sinceLast = 0;
    yield;
  }
  return suffixes;
}

/** The length of the common prefix of two places, boundary included; at most `most`. */
function commonPrefix(text: Int32Array, a: number, b: number, most: number): number {
  for (let i = 0; i < most; i++) {
    if (text[a + i] !== text[b + i]) return i;
    if (text[a + i] === BOUNDARY) return i + 1;
  }
  return most;
}
