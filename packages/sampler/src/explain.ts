// Shows what each stage does between logits and a token: for visualizations, for learning, and for finding out why a text went wrong.
import { describe } from '@kk/options';
import { Random } from '@kk/random';
import { requireKnown } from './checks.js';
import { type RandomSource, requireRandom } from './random/random.js';
import type { Candidates } from './selection/candidates.js';
import { candidateEntropy } from './selection/candidate-entropy.js';
import { gatherTopK } from './selection/gather-top-k.js';
import { borrowCandidates, giveBackCandidates } from './selection/work-space.js';
import { checkHistory, emptyHistory, endTokensOf, forkStages, type History, readStageList, type Stage, withEnds } from './stages/stage.js';

export interface ExplainOptions {
  /** The number of most probable tokens to list after each stage: an integer from 1; default all. */
  top?: number;
}

/** The inputs of the stages, which a sampler would provide. */
export interface ExplainContext {
  /** The text so far. Default empty. */
  history?: History;
  /** Random numbers for stages that need them. Default: a generator with seed 0. */
  random?: RandomSource;
}

/** A token that has not been dropped. */
export interface ExplainedToken {
  readonly id: number;
  /** Its logit after this stage. */
  readonly logit: number;
  /** Its probability among the remaining tokens, from 0 to 1, and the natural logarithm of it. */
  readonly probability: number;
  readonly logProb: number;
  /** The natural logarithm of its probability before any stage. */
  readonly rawLogProb: number;
}

/** The distribution after one stage. */
export interface ExplainedStage {
  /** The stage's name; `input` for the model's own logits. */
  readonly name: string;
  /** How many tokens are still possible. */
  readonly remaining: number;
  /** The entropy in nats: 0 if one token is certain, ln n if n are equally probable. */
  readonly entropy: number;
  /** Most probable first; of equal ones the lower id first. */
  readonly tokens: readonly ExplainedToken[];
}

export interface Explanation {
  /** `input`, then one entry for every stage. */
  readonly stages: readonly ExplainedStage[];
}

/**
 * The distribution after each of these stages. The state of the stages does not change.
 *
 * @param logits shape (vocabSize,), not changed
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an option is out of range, the logits are empty, hold NaN or +Infinity, or no token is possible after a stage
 */
export function explain(logits: Float32Array, stages: readonly Stage[], options: ExplainOptions & ExplainContext = {}): Explanation {
  requireKnown<ExplainOptions & ExplainContext>('explain', options, { top: true, history: true, random: true });
  const { top = Infinity, history = emptyHistory, random = new Random(0) } = options;
  if (!(top === Infinity || (Number.isInteger(top) && top >= 1))) throw new RangeError(`top must be an integer from 1, got ${describe(top)}; leave it out to list every token`);
  checkHistory(history);
  requireRandom(random);
  const list = readStageList(stages);
  const text = withEnds(history, endTokensOf(list));
  const candidates = borrowCandidates(logits);
  try {
    const rawNormalizer = candidates.logNormalizer();
    const shown = (name: string): ExplainedStage => describeStage(name, candidates, top, (id) => logits[id] - rawNormalizer);
    const described = [shown('input')];
    for (const stage of forkStages(list)) {
      stage.apply(candidates, text, random);
      described.push(shown(stage.name));
    }
    return { stages: described };
  } finally {
    giveBackCandidates(candidates);
  }
}

function describeStage(name: string, candidates: Candidates, top: number, rawLogProb: (id: number) => number): ExplainedStage {
  const { entropy, possible, total, highest } = candidateEntropy(candidates);
  const { logits, weights, places, count } = candidates;
  const listed = Array.from(places.subarray(0, gatherTopK(candidates, Math.min(top, count))))
    .filter((i) => logits[i] > -Infinity)
    .sort((a, b) => logits[b] - logits[a] || a - b)
    .slice(0, Math.min(top, count));
  const tokens = listed.map((i): ExplainedToken => {
    const id = candidates.idAt(i);
    return { id, logit: logits[i], probability: weights[i] / total, logProb: logits[i] - highest - Math.log(total), rawLogProb: rawLogProb(id) };
  });
  return { name, remaining: possible, entropy, tokens };
}
