// Chapter 5: the map of the words. All vectors have 16 numbers; the map shows the two directions in which the words of the chapter's
// beginning differ most. Every later training is first turned onto that one, so that the map does not jump.
import { Alignment, PrincipalComponents } from '@kk/embeddings';
import type { Tools } from './job.js';
import type { WordTexts } from './word-texts.js';
import { firstTraining, trainedWords, unitRows, type TrainedWords } from './word-training.js';

export interface WordPlane {
  /** Points of the map: two numbers a row. @param directions rows of the training's vectors, of length 1 */
  place(directions: ArrayLike<number>): Float32Array;
  /** The share of all differences that the map shows, from 0 to 1. */
  share: number;
}

export async function planeOf(tools: Tools, texts: WordTexts, trained: TrainedWords): Promise<WordPlane> {
  const first = await firstTraining(tools, texts);
  const width = first.vectors.width;
  const map = new PrincipalComponents(rowsOf(first, first.shown.filter(({ kind }) => kind !== 'new').map(({ word }) => word)), width);
  const share = map.shares[0]! + map.shares[1]!;
  if (trained === first) return { place: (directions) => map.project(directions), share };
  const common = trained.shown.map(({ word }) => word).filter((word) => first.shown.some((other) => other.word === word && other.kind !== 'new'));
  if (common.length === 0) return { place: (directions) => map.project(directions), share };
  const turn = new Alignment(rowsOf(trained, common), rowsOf(first, common), width, { shift: false });
  return { place: (directions) => map.project(turn.apply(directions)), share };
}

/** The words' directions, row by row. */
export const rowsOf = ({ space }: TrainedWords, words: readonly string[]): Float32Array => unitRows(words.map((word) => space.direction(word)));

/** Trained words with their map. */
export async function wordsWithPlane(tools: Tools, texts: WordTexts): Promise<{ trained: TrainedWords; plane: WordPlane }> {
  const trained = await trainedWords(tools, texts);
  return { trained, plane: await planeOf(tools, texts, trained) };
}
