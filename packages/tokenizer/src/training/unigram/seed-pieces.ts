// The pieces that Unigram training starts from: all characters, and the substrings that occur at least twice, followed by different
// characters. Those that cover the most text come first. They are found with a suffix array and the longest common prefixes of neighbours.
// Source: SentencePiece's `MakeSeedSentencePieces`; the intervals are from Abouelhoda, Kurtz and Ohlebusch, "Replacing suffix trees with
// enhanced suffix arrays" (2004).

import { compareByCodePoint } from '../../text/code-point-order.js';

/** A piece and its log probability; during counting, its count. */
export interface ScoredPiece {
  piece: string;
  score: number;
}

/** Separates two words. */
const BOUNDARY = 0;

/**
 * @param words  word -> how often it occurs
 * @param longest  the maximum length of a piece in characters
 * @param most  the maximum number of pieces
 * @returns pieces with log probabilities
 */
export function seedPieces(words: ReadonlyMap<string, number>, longest: number, most: number): ScoredPiece[] {
  const { text, counts } = joinWords(words);
  const characters = [...counts].map(([piece, score]) => ({ piece, score })).sort(byScore);
  const substrings = repeatedSubstrings(text, longest).sort(byScore);
  const pieces = [...characters, ...substrings].slice(0, Math.max(most, characters.length));
  const logSum = Math.log(pieces.reduce((sum, { score }) => sum + score, 0));
  return pieces.map(({ piece, score }) => ({ piece, score: Math.log(score) - logSum }));
}

/** Sorts by score, highest first; of equal scores, the piece with later characters first, as in the reference. */
function byScore(a: ScoredPiece, b: ScoredPiece): number {
  return b.score - a.score || compareByCodePoint(b.piece, a.piece);
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
function repeatedSubstrings(text: Int32Array, longest: number): ScoredPiece[] {
  const suffixes = sortedSuffixes(text, longest + 1);
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

/** The places of the text, sorted by the text from there on, up to `depth` characters or the boundary. */
function sortedSuffixes(text: Int32Array, depth: number): Int32Array {
  const suffixes = Int32Array.from(text.keys());
  return suffixes.sort((a, b) => {
    for (let i = 0; i < depth; i++) {
      const difference = text[a + i] - text[b + i];
      if (difference !== 0) return difference;
      if (text[a + i] === BOUNDARY) break;
    }
    return a - b;
  });
}

/** The length of the common prefix of two places, boundary included; at most `most`. */
function commonPrefix(text: Int32Array, a: number, b: number, most: number): number {
  for (let i = 0; i < most; i++) {
    if (text[a + i] !== text[b + i]) return i;
    if (text[a + i] === BOUNDARY) return i + 1;
  }
  return most;
}
