// Chapter 5: trains word vectors once and keeps them, so that all figures of the page ask the same ones. On the way it takes pictures of the
// words that the map shows.
import { answerCount, courseSentences, functionWords, sentenceWords, wordKinds, wordPairs, type WordKind } from '@kk/corpora/sentences';
import { readCorpus, WordSpace, WordVectorTrainer, type Corpus, type SubwordLengths, type WordVectorOptions, type WordVectors } from '@kk/embeddings';
import type { Tools } from './job.js';
import { inSteps } from './in-steps.js';
import { firstTexts, wordsOf, type WordTexts } from './word-texts.js';
import { epochsFor, MIN_COUNT, trainingOptions } from './word-settings.js';

/** A word on the map: of a kind that the course's sentences are about, of a family, or new with the visitor's sentences. */
export interface ShownWord {
  word: string;
  kind: WordKind | 'family' | 'new';
  /** How often it occurs. */
  count: number;
}

/** The directions of the shown words at one moment of the training. */
export interface Moment {
  epoch: number;
  /** Nats per example; NaN at the beginning. */
  loss: number;
  /** Vectors of length 1, row by row. */
  directions: Float32Array;
}

export interface TrainedWords {
  corpus: Corpus;
  options: WordVectorOptions;
  vectors: WordVectors;
  space: WordSpace;
  shown: ShownWord[];
  moments: Moment[];
  /** Words that are no answers: small words, and such as occur too rarely. */
  excluded: string[];
  /** Which words of a choice can be asked about, by the alphabet. */
  askable: string[];
}

/** Of the words that are new with an own text so many are shown. */
const MOST_NEW = 12;
/** The words of one step; some milliseconds. */
const STEP_WORDS = 3000;

export function trainedWords(tools: Tools, texts: WordTexts, subwords?: SubwordLengths): Promise<TrainedWords> {
  return tools.keep(`words ${JSON.stringify(texts)} ${subwords ? JSON.stringify(subwords) : ''}`, () => train(tools, texts, subwords));
}

async function train(tools: Tools, texts: WordTexts, subwords: SubwordLengths | undefined): Promise<TrainedWords> {
  const corpus = await readCorpus(wordsOf(texts), { minCount: MIN_COUNT });
  const options = trainingOptions(texts.seed, epochsFor(corpus.tokens.length), subwords);
  const trainer = new WordVectorTrainer(corpus, options);
  const before = await readCorpus(sentenceWords(courseSentences(texts.language)), { minCount: MIN_COUNT });
  const isNew = newWords(corpus, before, texts);
  const shown = shownWords(corpus, isNew, texts);
  const places = shown.map(({ word }) => corpus.words.indexOf(word));
  const moments: Moment[] = [];
  await inSteps(tools, trainWithMoments(trainer, places, moments), 'words');
  const vectors = trainer.vectors();
  const small = new Set(functionWords[texts.language]);
  const excluded = corpus.words.filter((word, place) => small.has(word) || corpus.counts[place]! < answerCount);
  const out = new Set(excluded);
  return {
    corpus, options, vectors, space: new WordSpace(vectors), shown, moments, excluded,
    askable: corpus.words.filter((word) => !out.has(word) || isNew.has(word)).sort(new Intl.Collator(texts.language).compare),
  };
}

/** Words that the course's sentences alone do not teach. */
function newWords(corpus: Corpus, before: Corpus, { language }: WordTexts): Set<string> {
  const known = new Set([...before.words, ...functionWords[language]]);
  return new Set(corpus.words.filter((word) => !known.has(word)));
}

function shownWords(corpus: Corpus, isNew: ReadonlySet<string>, { language }: WordTexts): ShownWord[] {
  const kinds = Object.entries(wordKinds[language]) as [WordKind, readonly string[]][];
  const family = wordPairs[language].flat().filter((word) => !wordKinds[language].royals.includes(word));
  const wanted: [ShownWord['kind'], readonly string[]][] = [...kinds, ['family', family], ['new', [...isNew].slice(0, MOST_NEW)]]; // the most frequent first
  return wanted.flatMap(([kind, words]) => words.flatMap((word) => {
    const place = corpus.words.indexOf(word);
    return place < 0 ? [] : [{ word, kind, count: corpus.counts[place]! }];
  }));
}

/** The epochs after which a picture is taken: each at first, when much changes, then fewer. */
const isMoment = (epoch: number, epochs: number): boolean => epoch <= 10 || epoch % Math.max(1, Math.round(epochs / 40)) === 0 || epoch === epochs;

function* trainWithMoments(trainer: WordVectorTrainer, places: readonly number[], moments: Moment[]): Generator<number, void, void> {
  const { starts } = trainer.corpus;
  const end = starts.length - 1;
  const take = (): void => void moments.push({ epoch: trainer.epoch, loss: trainer.loss, directions: unitRows(places.map((place) => trainer.vectorAt(place))) });
  take();
  while (!trainer.isDone) {
    const { epoch } = trainer;
    while (trainer.epoch === epoch && !trainer.isDone) {
      let next = trainer.sentence + 1;
      while (next < end && starts[next + 1]! - starts[trainer.sentence]! < STEP_WORDS) next++;
      trainer.learnUntil(next);
      yield trainer.share;
    }
    if (isMoment(trainer.epoch, trainer.settings.epochs!)) take();
  }
}

/** Rows of length 1. */
export function unitRows(rows: readonly ArrayLike<number>[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => {
    const values = Array.from(row);
    const length = Math.hypot(...values) || 1;
    return values.map((value) => value / length);
  }));
}

/** The training of the chapter's beginning with its map, which all later maps are laid upon. */
export const firstTraining = (tools: Tools, texts: WordTexts): Promise<TrainedWords> => trainedWords(tools, firstTexts(texts.language));
