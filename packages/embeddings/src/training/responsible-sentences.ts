// Finds the sentences that moved two words together. Training is deterministic, so it can be run once more while somebody watches two words.
//
// A trained vector is the one that it began with plus what each sentence added to it: a = a0 + sum of da(s), and so b. Therefore
//
//   a . b = (a0 . b + a . b0) / 2 + sum over s of (da(s) . b + a . db(s)) / 2
//
// and, divided by the lengths of a and b, each sentence's part of the similarity of the trained words:
//
//   contribution(s) = (da(s) . b + a . db(s)) / (2 |a| |b|)
//
// da(s) is added up over the epochs. Nothing is estimated and nothing is left over: `beginning` and the contributions add up to the similarity.
// Where a sentence moves a along with what another one does to b, both get half of it (Shapley's value of a product), so
// the order of the sentences does not decide who is responsible, as it would if the similarity were compared before and after each.
// Sentences that have neither word, nor one that shares n-grams with them, contribute nothing, because they change neither vector.
import type { Corpus } from './corpus.js';
import type { WordVectorOptions } from './options.js';
import type { Steps } from './steps.js';
import { WordVectorTrainer } from './word-vector-trainer.js';

export interface ResponsibleSentence {
  /** The number of the sentence, from 0, in the order of reading. */
  sentence: number;
  /** Its part of the similarity: above 0 it moved the words together, below 0 apart. */
  contribution: number;
}

export interface Responsibility {
  /** The sentences that changed one of the words: those that moved them together most come first, those that moved them apart most last. */
  sentences: ResponsibleSentence[];
  /** The cosine similarity of the trained vectors, -1 to 1: `beginning` and the contributions of all sentences. */
  similarity: number;
  /** The part of the vectors that training began with. */
  beginning: number;
}

/**
 * Trains once more with the same options, and returns what each sentence did to a pair of words. It takes as long as training did; the
 * generator yields the share that is done.
 *
 * @param options  those that the vectors were trained with, seed included; with others the answer is about other vectors
 * @throws RangeError when a word is not in the corpus, or both are the same
 */
export function* responsibleSentencesInSteps(corpus: Corpus, options: WordVectorOptions, [first, second]: readonly [string, string]): Steps<Responsibility> {
  const words = [placeOf(corpus, first), placeOf(corpus, second)];
  if (first === second) throw new RangeError(`responsibleSentencesInSteps: both words are ${JSON.stringify(first)}; expected two.`);
  const trainer = new WordVectorTrainer(corpus, options);
  const watched = sentencesThatChange(trainer, words).map((sentence) => ({ sentence, changes: words.map(() => new Float64Array(trainer.settings.width)) }));
  const vectors = (): Float32Array[] => words.map((word) => trainer.vectorAt(word));
  const [a0, b0] = vectors();
  const end = corpus.starts.length - 1;
  while (!trainer.isDone) {
    const { epoch } = trainer;
    for (const { sentence, changes } of watched) {
      yield* learnUntil(trainer, sentence);
      const before = vectors();
      trainer.learnUntil(sentence + 1);
      vectors().forEach((after, which) => after.forEach((value, i) => (changes[which][i] += value - before[which][i])));
    }
    if (trainer.epoch === epoch) yield* learnUntil(trainer, end);
  }
  const [a, b] = vectors();
  const scale = 1 / (2 * Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b)));
  const sentences = watched.map(({ sentence, changes: [ofA, ofB] }) => ({ sentence, contribution: (dot(ofA, b) + dot(a, ofB)) * scale }));
  sentences.sort((one, other) => other.contribution - one.contribution || one.sentence - other.sentence);
  return { sentences, similarity: 2 * dot(a, b) * scale, beginning: (dot(a0, b) + dot(a, b0)) * scale };
}

/** Sentences between two yields. */
const STEP_SENTENCES = 100;

function* learnUntil(trainer: WordVectorTrainer, sentence: number): Generator<number, void, void> {
  for (let end = trainer.sentence; end < sentence; ) {
    end = Math.min(sentence, end + STEP_SENTENCES);
    trainer.learnUntil(end);
    yield trainer.share;
  }
}

/** The sentences with a word that shares a row with one of the given words; each word has its own row. */
function sentencesThatChange(trainer: WordVectorTrainer, words: readonly number[]): number[] {
  const { corpus } = trainer;
  const rows = new Set(words.flatMap((word) => [...trainer.rowsOf(word)]));
  const changes = corpus.words.map((_, word) => trainer.rowsOf(word).some((row) => rows.has(row)));
  const found: number[] = [];
  for (let s = 0; s + 1 < corpus.starts.length; s++) {
    if (corpus.tokens.subarray(corpus.starts[s], corpus.starts[s + 1]).some((word) => changes[word])) found.push(s);
  }
  return found;
}

function placeOf(corpus: Corpus, word: string): number {
  const place = corpus.words.indexOf(word);
  if (place < 0) throw new RangeError(`responsibleSentencesInSteps: the corpus has no word ${JSON.stringify(word)}; expected one of its ${corpus.words.length} words (rarer ones than minCount are left out).`);
  return place;
}

/** In double precision. */
function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
