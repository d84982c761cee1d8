// Chapter 5: trains word vectors and shows the map as it settles, moment by moment. The training itself takes about a second; what is shown more
// slowly are its moments.
import type { WordNeighbour } from '@kk/embeddings';
import { defineJob, type Tools } from '../job.js';
import { wordsWithPlane } from '../word-map.js';
import type { WordTexts } from '../word-texts.js';
import type { ShownWord, TrainedWords } from '../word-training.js';

export interface WordMapInput {
  texts: WordTexts;
  /** The pause after each moment, in milliseconds; 0 shows the end at once, unless it is paused. */
  pace: number;
}

export interface WordMap {
  epoch: number;
  epochs: number;
  /** Nats per example. */
  loss: number;
  /** How many words of text were read in all. */
  tokens: number;
  shown: readonly ShownWord[];
  /** Two numbers for each shown word. */
  points: Float32Array;
  /** The largest distance from the middle that any of the points will have. */
  extent: number;
  /** The share of the differences that the map shows. */
  share: number;
  /** Words that can be asked about. */
  askable: readonly string[];
  /** For each shown word its neighbours among all, as they are at the end; empty before. */
  neighbours: ReadonlyMap<string, readonly Pick<WordNeighbour, 'word' | 'similarity'>[]>;
}

const NEIGHBOURS = 5;

export default defineJob(async function* ({ texts, pace }: WordMapInput, tools): AsyncGenerator<WordMap, WordMap> {
  const { trained, plane } = await wordsWithPlane(tools, texts);
  const { corpus, moments, shown, askable } = trained;
  const last = moments.at(-1)!;
  const epochs = last.epoch;
  const state = { epochs, tokens: corpus.tokens.length, shown, share: plane.share, askable };
  const end = plane.place(last.directions);
  const extent = Math.max(...end.map(Math.abs));
  for (const { epoch, loss, directions } of moments.slice(0, -1)) {
    yield { ...state, epoch, loss, points: plane.place(directions), extent, neighbours: new Map() };
    await rest(tools, pace);
  }
  const result = { ...state, epoch: epochs, loss: last.loss, points: end, extent, neighbours: new Map(shown.map(({ word }) => [word, neighboursOf(trained, word)])) };
  yield result;
  return result;
});

export function neighboursOf({ space, excluded }: TrainedWords, word: string, count = NEIGHBOURS): { word: string; similarity: number }[] {
  return space.neighbours(word, { count, exclude: excluded }).map(({ word: other, similarity }) => ({ word: other, similarity }));
}

/** Waits, and lets messages in meanwhile. */
async function rest(tools: Pick<Tools, 'breathe'>, milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => void setTimeout(resolve, milliseconds));
  await tools.breathe();
}
