// Beam search: approximates the most probable text by keeping only a few candidates at each step.
// Scores, length penalty, early stopping and diverse groups are those of Hugging Face transformers (BeamSearchScorer, HammingDiversityLogitsProcessor);
// diverse groups are from Vijayakumar et al. 2018, "Diverse Beam Search".
import { describe } from '@kk/options';
import { requireKnown } from '../checks.js';
import { logProbs } from '../information.js';
import type { NextTokenModel } from '../model.js';
import type { Sampler } from '../sampler.js';
import { Asker, checkCount, checkFinite, checkSampler, copyPrompt, readEnds } from './ask.js';
import { requireModel } from './check-model.js';
import { BeamHypotheses } from './beam-hypotheses.js';
import { highestPlaces } from './highest-places.js';

/** When a search that has enough finished texts ends; see BeamSearchOptions. */
export type EarlyStopping = boolean | 'never';

export interface BeamSearchOptions {
  /** The maximum number of tokens, including the stop token: an integer from 1. */
  maxTokens: number;
  /** The number of texts that are continued in parallel: an integer from 1. */
  beams: number;
  /** Tokens that end a text, besides those that the sampler knows. Without any, every text has maxTokens tokens. */
  stopTokens?: Iterable<number>;
  /** The sum of log-probabilities is divided by length^penalty: above 0 favours longer texts, below 0 shorter ones. A finite number; 1. */
  lengthPenalty?: number;
  /**
   * true: ends as soon as there are as many finished texts as beams. false (default): ends when no unfinished text has a better score now.
   * 'never': ends when no unfinished text could reach a better score by maxTokens (differs from false only with a penalty above 0).
   */
  earlyStopping?: EarlyStopping;
  /** The number of groups that the beams are divided into: a divisor of `beams`; 1. */
  groups?: number;
  /** Subtracted from a token's score for every beam of an earlier group that took the same token at this step. From 0; 0. */
  diversityPenalty?: number;
  /** The number of texts to return: an integer from 1 to `beams`; 1. */
  results?: number;
  /** Stages that change the model's logits; every beam has its own fork, reset at the start. Scores are then log-probabilities after the stages. */
  sampler?: Sampler;
  /** Whether the forks are not reset, because the sampler knows the beginning of this text already. Default false. */
  resume?: boolean;
  /** Stops the search: it throws the signal's reason. */
  signal?: AbortSignal;
}

const beamSearchNames: Readonly<Record<keyof BeamSearchOptions, true>> = {
  maxTokens: true, beams: true, stopTokens: true, lengthPenalty: true, earlyStopping: true, groups: true, diversityPenalty: true, results: true, sampler: true, resume: true, signal: true,
};

/** A text that beam search found. */
export interface BeamResult {
  /** The continuation, without prompt and stop token. */
  readonly ids: readonly number[];
  /** The stop token that ended the text; undefined if maxTokens did. */
  readonly stopToken: number | undefined;
  /** The sum of the log-probabilities (in nats) of its tokens, including the stop token, minus the diversity penalties. */
  readonly logProbability: number;
  /** logProbability / length^lengthPenalty, where length includes the stop token. Results are sorted by it. */
  readonly score: number;
}

interface Beam {
  readonly ids: readonly number[];
  readonly logProbability: number;
  readonly sampler: Sampler | undefined;
}

/**
 * Returns the best continuations that beam search finds, best first.
 *
 * @throws TypeError if an option is unknown, or the model, the prompt or an option is of a wrong kind
 * @throws RangeError if an option or an id of the prompt is out of range, if logits are invalid, or if no text is possible
 * @throws the signal's reason when aborted
 */
export async function beamSearch(model: NextTokenModel, prompt: ArrayLike<number>, options: BeamSearchOptions): Promise<BeamResult[]> {
  requireKnown('beamSearch', options, beamSearchNames);
  const { maxTokens, beams, lengthPenalty = 1, earlyStopping = false, groups = 1, diversityPenalty = 0, results = 1, sampler, resume = false, signal } = options;
  checkCount('maxTokens', maxTokens, 1);
  checkCount('beams', beams, 1);
  checkCount('groups', groups, 1);
  checkCount('results', results, 1);
  checkFinite('lengthPenalty', lengthPenalty);
  if (beams % groups !== 0) throw new RangeError(`groups must divide beams, got ${groups} groups of ${beams} beams`);
  if (results > beams) throw new RangeError(`results must be at most beams, got ${results} of ${beams}`);
  if (!(Number.isFinite(diversityPenalty) && diversityPenalty >= 0)) throw new RangeError(`diversityPenalty must be a finite number from 0, got ${describe(diversityPenalty)}`);
  if (earlyStopping !== true && earlyStopping !== false && earlyStopping !== 'never') throw new RangeError(`earlyStopping must be true, false or 'never', got ${describe(earlyStopping)}`);
  requireModel('model', model);
  checkSampler(sampler);
  const start = copyPrompt(prompt, model.vocabSize);
  const stops = readEnds({ stopTokens: options.stopTokens }, sampler, model.vocabSize);
  const search: Search = { model, asker: new Asker(signal), prompt: start, stops, maxTokens, diversityPenalty };
  const first = sampler?.fork();
  if (!resume) first?.reset();

  const size = beams / groups;
  const all = Array.from({ length: groups }, () => ({
    beams: [{ ids: [], logProbability: 0, sampler: first?.fork() }] as Beam[],
    finished: new BeamHypotheses({ size, lengthPenalty, earlyStopping, maxTokens }),
    done: false,
  }));
  for (let length = 1; length <= maxTokens && all.some(({ done }) => !done); length++) {
    const takenBefore = new Map<number, number>();
    for (const group of all) {
      if (group.done) continue;
      const candidates = await expand(search, group.beams, size, takenBefore);
      const best = candidates.length > 0 ? candidates[0].logProbability : -Infinity;
      group.beams = select(search, candidates, size, group.finished, takenBefore);
      group.done = group.beams.length === 0 || group.finished.isDone(best, length);
    }
  }
  for (const { beams: open, finished, done } of all) {
    if (!done) for (const { ids, logProbability } of open) finished.add({ ids, logProbability, stopToken: undefined });
  }
  const found = all.flatMap(({ finished }) => finished.all).sort((a, b) => b.score - a.score);
  if (found.length === 0) throw new RangeError('beam search found no text: the stages drop every token');
  return found.slice(0, results);
}

interface Search {
  readonly model: NextTokenModel;
  readonly asker: Asker;
  readonly prompt: readonly number[];
  readonly stops: ReadonlySet<number>;
  readonly maxTokens: number;
  readonly diversityPenalty: number;
}

interface Candidate {
  readonly beam: Beam;
  readonly id: number;
  readonly logProbability: number;
}

/** The best continuations of the beams of a group, best first. There are enough that stop tokens cannot use up all of them. */
async function expand(search: Search, beams: readonly Beam[], size: number, takenBefore: ReadonlyMap<number, number>): Promise<Candidate[]> {
  const { model, asker, prompt, stops, maxTokens, diversityPenalty } = search;
  const text = { promptLength: prompt.length, endTokens: [...stops], maxTokens };
  const wanted = Math.max(2, 1 + stops.size) * size;
  const candidates: Candidate[] = [];
  for (const beam of beams) {
    const context = [...prompt, ...beam.ids];
    const logits = await asker.next(model, context);
    const scores = beam.sampler === undefined ? logProbs(logits) : beam.sampler.distribution(logits, { ...text, ids: context }).map(Math.log);
    for (const [id, times] of takenBefore) scores[id] -= diversityPenalty * times;
    for (const id of highestPlaces(scores, wanted)) {
      if (scores[id] > -Infinity) candidates.push({ beam, id, logProbability: beam.logProbability + scores[id] });
    }
  }
  return candidates.sort((a, b) => b.logProbability - a.logProbability).slice(0, wanted);
}

/** Selects the beams to continue; finished texts go to `finished`. */
function select({ stops }: Search, candidates: readonly Candidate[], size: number, finished: BeamHypotheses, takenBefore: Map<number, number>): Beam[] {
  const next: Beam[] = [];
  for (const [rank, { beam, id, logProbability }] of candidates.entries()) {
    if (stops.has(id)) {
      // A finished text counts only if its rank would have made it a beam.
      if (rank < size) finished.add({ ids: beam.ids, logProbability, stopToken: id });
      continue;
    }
    const sampler = beam.sampler?.fork();
    sampler?.accept(id);
    next.push({ ids: [...beam.ids, id], logProbability, sampler });
    takenBefore.set(id, (takenBefore.get(id) ?? 0) + 1);
    if (next.length === size) break;
  }
  return next;
}

