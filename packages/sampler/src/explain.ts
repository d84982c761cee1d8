// What happens between logits and a token, stage by stage: for pictures, for learning, and for finding out why a text went wrong.
import { type RandomSource, createRandom } from './random/random.js';
import { type Candidates } from './selection/candidates.js';
import { candidateEntropy } from './selection/candidate-entropy.js';
import { gatherTopK } from './selection/gather-top-k.js';
import { borrowCandidates, giveBackCandidates } from './selection/work-space.js';
import { checkHistory, emptyHistory, forkStages, type History, type Stage } from './stages/stage.js';

export interface ExplainOptions {
  /** How many of the most probable tokens to list after each stage: an integer from 1; all if left out. */
  top?: number;
}

/** What a sampler knows by itself. */
export interface ExplainContext {
  /** What has been written so far. Nothing if left out. */
  history?: History;
  /** Chance for stages that need it. A generator with seed 0 if left out. */
  random?: RandomSource;
}

/** A token that is still in the running. */
export interface ExplainedToken {
  readonly id: number;
  /** Its logit after this stage. */
  readonly logit: number;
  /** Its share of what is left, from 0 to 1, and the natural logarithm of that. */
  readonly probability: number;
  readonly logProb: number;
  /** The natural logarithm of its probability before any stage. */
  readonly rawLogProb: number;
}

/** The distribution after one stage. */
export interface ExplainedStage {
  /** The stage's name; `input` for what the model gave. */
  readonly name: string;
  /** How many tokens are still possible. */
  readonly remaining: number;
  /** Of the distribution, in nats: 0 when one token is certain, ln n when n are equally probable. */
  readonly entropy: number;
  /** The most probable first, of equal ones the lower id first. */
  readonly tokens: readonly ExplainedToken[];
}

export interface Explanation {
  /** `input`, then one entry for every stage. */
  readonly stages: readonly ExplainedStage[];
}

/**
 * The distribution after each of these stages. The stages' own state stays as it is.
 *
 * @param logits shape (vocabSize,), not changed
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if an option is out of range, the logits are empty, hold NaN or +Infinity, or no token is possible after a stage
 */
export function explain(logits: Float32Array, stages: readonly Stage[], options: ExplainOptions & ExplainContext = {}): Explanation {
  const { top = Infinity, history = emptyHistory, random = createRandom(0) } = options;
  if (!(top === Infinity || (Number.isInteger(top) && top >= 1))) throw new RangeError(`top must be an integer from 1, got ${String(top)}; leave it out to list every token`);
  checkHistory(history);
  const candidates = borrowCandidates(logits);
  try {
    const rawNormalizer = candidates.logNormalizer();
    const describe = (name: string): ExplainedStage => describeStage(name, candidates, top, (id) => logits[id] - rawNormalizer);
    const described = [describe('input')];
    for (const stage of forkStages(stages)) {
      stage.apply(candidates, history, random);
      described.push(describe(stage.name));
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
