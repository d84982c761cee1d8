// Frequency penalty: subtracts the same amount for every occurrence.
import { requireBetween } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { penalizeSeen, checkWindow, windowStart, type PenaltyWindow } from './penalty-window.js';
import { processLogits, type HistoryLike } from './process.js';

/**
 * Subtracts the penalty from the logit of each token of the text, once per occurrence, shape (vocabSize,) (the OpenAI API's
 * `frequency_penalty`, whose documentation gives the formula). In nats: it lowers the odds by a factor exp(-penalty).
 *
 * Only the text written by the model counts (as in vLLM), unless `includePrompt` is true (as in llama.cpp).
 *
 * @param logits not changed, unless passed as `out` too
 * @param history the text so far
 * @param penalty a finite number; below 0 repetition becomes more probable, 0 changes nothing
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function frequencyPenalty(logits: Float32Array, history: HistoryLike, penalty: number, window: PenaltyWindow = {}, out?: Float32Array): Float32Array {
  return processLogits(logits, frequencyPenaltyStage(penalty, window), out, history);
}

/** frequencyPenalty() as a stage. @throws RangeError if an option is out of range */
export function frequencyPenaltyStage(penalty: number, window: PenaltyWindow = {}): Stage {
  checkWindow('frequencyPenalty', window);
  requireBetween('frequencyPenalty', penalty, -Infinity, Infinity, '0 changes nothing');
  const change = { factor: 1, perOccurrence: penalty, once: 0 };
  return {
    name: 'frequencyPenalty',
    apply: (candidates, history) => {
      if (penalty !== 0) penalizeSeen(candidates, history, windowStart(history, window, window.includePrompt ?? false), change);
    },
  };
}
