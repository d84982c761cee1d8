// Chapter 3: how often the words of each kind of text occur, by rank.
import { zipfFit } from '@kk/corpora/stats';
import { defineJob } from '../job.js';
import { inPieces, measureKinds, type Measured } from '../kinds/measure.js';
import type { KindsInput } from '../kinds/names.js';

export interface Zipf {
  tokens: number;
  types: number;
  exponent: number;
  /** How many words occur only once. */
  once: number;
  /** The line as it is drawn: the counts at ranks that are evenly spread on a logarithmic axis. */
  line: { rank: number; count: number }[];
  /** The words at the first ranks, with their counts. */
  words: { word: string; count: number }[];
}

const PER_DECADE = 24;
const NAMED = 500;

/** The ranks at which a line of so many words is drawn, from 1 to the last. */
function drawnRanks(types: number): number[] {
  const steps = Math.ceil(PER_DECADE * Math.log10(Math.max(types, 1)));
  return [...new Set(Array.from({ length: steps + 1 }, (_, step) => Math.min(types, Math.round(10 ** (step / PER_DECADE)))))].filter((rank) => rank > 0);
}

/** The most frequent words, counted as `zipfFit` does; equal counts in the order of the alphabet. */
function frequentWords(text: string, most: number): { word: string; count: number }[] {
  const counts = new Map<string, number>();
  const words = text.normalize('NFC').toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:['’\-‐‑](?=\p{L})[\p{L}\p{M}\p{N}]+|(?<=\p{N})[.,](?=\p{N})[\p{L}\p{M}\p{N}]+)*/gu) ?? [];
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => ({ word, count })).sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1)).slice(0, most);
}

export default defineJob((input: KindsInput, tools): AsyncGenerator<Measured<Zipf>, Measured<Zipf>, void> =>
  measureKinds(tools, input, async (text): Promise<Zipf> => {
    const { tokens, types, exponent, frequencies } = await inPieces(tools, text, zipfFit.accumulator());
    return {
      tokens, types, exponent,
      once: frequencies.filter((count) => count === 1).length,
      line: drawnRanks(types).map((rank) => ({ rank, count: frequencies[rank - 1]! })),
      words: frequentWords(text, NAMED),
    };
  }),
);
