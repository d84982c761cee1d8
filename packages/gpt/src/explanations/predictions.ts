// Turns logits into what people read: the most probable next tokens, and where given tokens stand among all.
import { checkOptions, type OptionNames } from '@kk/nn-core';

/** A token, and how probable it is. */
export interface TokenChance {
  readonly id: number;
  /** From 0 to 1. */
  readonly probability: number;
  /** How many tokens are more probable; of equal ones the lower id comes first. */
  readonly rank: number;
}

/** What the model expects after one position. */
export interface Prediction {
  /** The most probable tokens, the first first. */
  readonly alternatives: readonly TokenChance[];
  /** The entropy of the whole distribution in nats: 0 when the model is certain, log(vocabSize) when it knows nothing. */
  readonly entropy: number;
  /** The token that comes next in the text; null after the last one. */
  readonly actual: TokenChance | null;
  /** The tokens that were asked for, in their order. */
  readonly tracked: readonly TokenChance[];
}

/** What to tell of each position. */
export interface PredictionOptions {
  /** How many of the most probable tokens, default 5; at most all. */
  alternatives?: number;
  /** Tokens whose chances are wanted in any case, to compare them between layers, or before and after an intervention. */
  track?: readonly number[];
}

export const predictionNames: OptionNames<PredictionOptions> = { alternatives: 'optional', track: 'optional' };

/**
 * The prediction after one position. It takes the time of one pass over the logits, and of one more for each token that is asked for.
 * @param logits (vocabSize), finite
 * @param next the token that comes next, or undefined
 * @throws RangeError when `alternatives` is no whole number, or an id is none of the vocabulary; TypeError when an option is unknown; Error when a logit is not finite
 */
export function predictionOf(logits: ArrayLike<number>, next: number | undefined, options: PredictionOptions = {}): Prediction {
  checkOptions('predictions', options, predictionNames);
  const { alternatives = 5, track = [] } = options;
  if (!Number.isInteger(alternatives) || alternatives < 0) throw new RangeError(`alternatives is ${String(alternatives)}; expected a whole number of 0 or more.`);
  const count = logits.length;
  let highest = -Infinity;
  for (let id = 0; id < count; id++) highest = Math.max(highest, logits[id]!);
  if (!Number.isFinite(highest)) throw new Error(`The logits hold ${highest}: the weights of this model are not finite, as after a training that broke down. Take an earlier checkpoint.`);
  let total = 0;
  let weighted = 0;
  for (let id = 0; id < count; id++) {
    const share = Math.exp(logits[id]! - highest);
    total += share;
    weighted += share * (logits[id]! - highest);
  }
  const chanceOf = (id: number, rank: number): TokenChance => ({ id, probability: Math.exp(logits[id]! - highest) / total, rank });
  const ranked = (id: number): TokenChance => {
    if (!Number.isInteger(id) || id < 0 || id >= count) throw new RangeError(`track: ${String(id)} is no token id; the vocabulary has the ids 0 to ${count - 1}.`);
    let rank = 0;
    for (let other = 0; other < count; other++) if (comesBefore(logits, other, id)) rank++;
    return chanceOf(id, rank);
  };
  return {
    alternatives: highestIds(logits, alternatives).map(chanceOf),
    entropy: Math.max(0, Math.log(total) - weighted / total),
    actual: next === undefined ? null : ranked(next),
    tracked: track.map(ranked),
  };
}

const comesBefore = (logits: ArrayLike<number>, a: number, b: number): boolean => logits[a]! > logits[b]! || (logits[a] === logits[b] && a < b);

/** The ids of the highest logits, in order: keeps a short sorted list, which most ids do not enter. */
function highestIds(logits: ArrayLike<number>, count: number): number[] {
  const kept: number[] = [];
  for (let id = 0; id < logits.length; id++) {
    if (kept.length === count && (count === 0 || !comesBefore(logits, id, kept.at(-1)!))) continue;
    let at = kept.length;
    while (at > 0 && comesBefore(logits, id, kept[at - 1]!)) at--;
    kept.splice(at, 0, id);
    if (kept.length > count) kept.pop();
  }
  return kept;
}
