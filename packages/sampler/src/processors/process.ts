// Shared by all pure functions: applies a stage to one array of logits.
import { requireList } from '@kk/options';
import { readOut, requireFloat32Array } from '../logits.js';
import { type RandomSource, requireRandom } from '../random/random.js';
import { borrowCandidates, giveBackCandidates } from '../selection/work-space.js';
import { checkHistory, emptyHistory, type History, type Stage } from '../stages/stage.js';

/** The text so far for pure functions: a history, or just ids, which then count as written by the model. */
export type HistoryLike = History | ArrayLike<number>;

/** For processors that use no random numbers. */
const noChance: RandomSource = {
  uniform: () => {
    throw new RangeError('this processor needs a random source');
  },
};

/**
 * Applies a stage to logits, shape (vocabSize,); dropped tokens get -Infinity.
 *
 * @param logits not changed, unless passed as `out` too
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if they are empty, hold NaN or +Infinity, or are all -Infinity, or if `out` has another length
 */
export function processLogits(logits: Float32Array, stage: Stage, out?: Float32Array, history: HistoryLike = emptyHistory, random: RandomSource = noChance): Float32Array {
  requireFloat32Array(logits);
  const result = readOut(out, logits.length);
  requireRandom(random);
  const text = asHistory(history);
  checkHistory(text);
  const candidates = borrowCandidates(logits);
  try {
    candidates.highest();
    stage.apply(candidates, text, random);
    return candidates.writeTo(result);
  } finally {
    giveBackCandidates(candidates);
  }
}

function asHistory(history: HistoryLike): History {
  if (typeof history === 'object' && history !== null && 'promptLength' in history) return history;
  requireList('history', history, 'the ids of the text so far, or { ids, promptLength }');
  return { ids: history, promptLength: 0 };
}
