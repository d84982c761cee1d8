// Chapter 5: a walk by adding and subtracting words: its stops, and the words at its end, by their real distance and by that on a map. The map is
// that of the walk: the two directions in which its words and its answers differ most.
import { combine, PrincipalComponents, type WordSpace } from '@kk/embeddings';
import { defineJob } from '../job.js';
import { rowsOf } from '../word-map.js';
import type { WordTexts } from '../word-texts.js';
import { trainedWords, unitRows, type ShownWord } from '../word-training.js';

export interface WalkStep {
  sign: 1 | -1;
  word: string;
}

export interface WordWalkInput {
  texts: WordTexts;
  steps: readonly WalkStep[];
}

export interface WalkAnswer {
  word: string;
  /** The cosine with the end of the walk. */
  similarity: number;
  /** How far it is from the end on the map, in the map's units. */
  distance: number;
  /** Its rank by that distance among all answers, from 1. */
  rank: number;
  x: number;
  y: number;
}

export interface WordWalk {
  /** The words of the walk and the nearest of its answers, on the map. */
  points: readonly { word: string; kind: ShownWord['kind'] | 'other'; x: number; y: number }[];
  /** The map reaches so far from its middle. */
  extent: number;
  askable: readonly string[];
  /** How often the text was read in the training. */
  epochs: number;
  /** Words of the walk that the training does not know. */
  unknown: readonly string[];
  /** Its words cancel out: from where they lead no direction goes on. */
  isNowhere: boolean;
  /** The places of the walk: its first word, then after each step. Taking a word away and adding another is one step. */
  stops: readonly WalkStop[];
  /** The nearest words by cosine, the best first. */
  answers: readonly WalkAnswer[];
  /** The one that seems nearest on the map. */
  nearestOnMap: WalkAnswer | null;
  /** How many words were compared. */
  compared: number;
  /** The share of these words' differences that the map shows. */
  share: number;
}

export interface WalkStop {
  steps: readonly WalkStep[];
  x: number;
  y: number;
}

const ANSWERS = 6;
/** So many answers stand on the map. */
const ON_MAP = 12;

export default defineJob(async function* ({ texts, steps }: WordWalkInput, tools): AsyncGenerator<WordWalk, WordWalk> {
  const trained = await trainedWords(tools, texts);
  const { space, shown, askable, excluded, vectors } = trained;
  const unknown = steps.map(({ word }) => word).filter((word) => vectors.place(word) === undefined);
  const known = steps.filter(({ word }) => !unknown.includes(word));
  let result: WordWalk = { points: [], extent: 1, askable, unknown, epochs: trained.options.epochs!, share: 0, isNowhere: false, stops: [], answers: [], nearestOnMap: null, compared: 0 };
  const isNowhere = known.length > 0 && Math.hypot(...combineAll(space, known)) < 1e-9;
  if (isNowhere) result = { ...result, isNowhere };
  else if (known.some(({ sign }) => sign > 0)) {
    const groups = groupsOf(known);
    const sums = groups.map((_, at) => groups.slice(0, at + 1).flat()).map((some) => combineAll(space, some));
    const own = [...new Set(known.map(({ word }) => word))];
    const found = space.neighbours(sums.at(-1)!, { count: vectors.words.length, exclude: [...excluded, ...own] });
    // Stops are as long as words: only their direction matters, and so they stand among the words.
    const stopRows = unitRows(sums);
    const onMap = [...own, ...found.slice(0, ON_MAP).map(({ word }) => word)];
    const map = new PrincipalComponents([...rowsOf(trained, onMap), ...stopRows], vectors.width);
    const place = (rows: Float32Array): { x: number; y: number }[] => Array.from({ length: rows.length / vectors.width }, (_, row) => {
      const [x, y] = map.project(rows.subarray(row * vectors.width, (row + 1) * vectors.width));
      return { x: x!, y: y! };
    });
    const stops = place(stopRows).map((point, i) => ({ steps: groups[i]!, ...point }));
    const end = stops.at(-1)!;
    const places = place(rowsOf(trained, found.map(({ word }) => word)));
    const answers = found.map(({ word, similarity }, i) => ({ word, similarity, ...places[i]!, distance: Math.hypot(places[i]!.x - end.x, places[i]!.y - end.y), rank: 0 }));
    [...answers].sort((a, b) => a.distance - b.distance).forEach((answer, i) => (answer.rank = i + 1));
    const kinds = new Map(shown.map(({ word, kind }) => [word, kind]));
    const points = place(rowsOf(trained, onMap)).map((point, i) => ({ word: onMap[i]!, kind: kinds.get(onMap[i]!) ?? 'other' as const, ...point }));
    result = {
      ...result, points, stops, share: map.shares[0]! + map.shares[1]!, compared: answers.length,
      extent: Math.max(...[...points, ...stops].flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)])),
      answers: answers.slice(0, ANSWERS), nearestOnMap: answers.find(({ rank }) => rank === 1) ?? null,
    };
  }
  yield result;
  return result;
});

/** The first word alone; then a word that is taken away goes together with one that is added next to it. */
function groupsOf(steps: readonly WalkStep[]): WalkStep[][] {
  const first = steps.findIndex(({ sign }) => sign > 0);
  const groups = [[steps[first]!]];
  const rest = steps.filter((_, at) => at !== first);
  for (let at = 0; at < rest.length; at++) {
    const [step, next] = [rest[at]!, rest[at + 1]];
    if (next && next.sign !== step.sign) groups.push([step, rest[++at]!]);
    else groups.push([step]);
  }
  return groups;
}

function combineAll(space: WordSpace, steps: readonly WalkStep[]): Float64Array {
  const words = (sign: 1 | -1): string[] => steps.filter((step) => step.sign === sign).map(({ word }) => word);
  return combine(space, { positive: words(1), negative: words(-1) });
}
