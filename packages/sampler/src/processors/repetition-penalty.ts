// Repetition penalty: makes tokens of the text less probable, by a factor of the logit.
import { requirePositive } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { penalizeSeen, checkWindow, windowStart, type PenaltyWindow } from './penalty-window.js';
import { processLogits, type HistoryLike } from './process.js';

/**
 * For each token of the text, divides its logit by the penalty if positive, otherwise multiplies it, shape (vocabSize,) (Keskar et al.
 * 2019, "CTRL", section 4.1, which only divided; the multiplication, without which negative logits would rise, is that of Hugging Face
 * transformers, llama.cpp and vLLM). The number of occurrences makes no difference.
 *
 * The prompt counts as well, unless `includePrompt` is false.
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far
 * @param penalty a finite number above 0; above 1 repetition becomes less probable, 1 changes nothing
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function repetitionPenalty(logits: Float32Array, history: HistoryLike, penalty: number, window: PenaltyWindow = {}, out?: Float32Array): Float32Array {
  return processLogits(logits, repetitionPenaltyStage(penalty, window), out, history);
}

/** repetitionPenalty() as a stage. @throws RangeError if an option is out of range */
export function repetitionPenaltyStage(penalty: number, window: PenaltyWindow = {}): Stage {
  checkWindow('repetitionPenalty', window);
  requirePositive('repetitionPenalty', penalty, '1 changes nothing');
  const change = { factor: penalty, perOccurrence: 0, once: 0 };
  return {
    name: 'repetitionPenalty',
    apply: (candidates, history) => {
      if (penalty !== 1) penalizeSeen(candidates, history, windowStart(history, window, window.includePrompt ?? true), change);
    },
  };
}
