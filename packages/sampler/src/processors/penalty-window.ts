// Which part of the text a penalty looks at, and the walk over it that all penalties share.
import { requireInteger } from '../checks.js';
import { type Candidates } from '../selection/candidates.js';
import { type History } from '../stages/stage.js';

export interface PenaltyWindow {
  /** Only so many of the last tokens count: an integer from 0. All if left out. */
  lastTokens?: number;
  /** Whether tokens of the prompt count, too. */
  includePrompt?: boolean;
}

/** @throws RangeError if the window is out of range */
export function checkWindow(name: string, { lastTokens }: PenaltyWindow): void {
  if (lastTokens !== undefined) requireInteger(`${name} lastTokens`, lastTokens, 0, 'leave it out to look at the whole text');
}

/** Where the window begins. It ends with the text. */
export function windowStart({ ids, promptLength }: History, { lastTokens = Infinity }: PenaltyWindow, includePrompt: boolean): number {
  return Math.max(includePrompt ? 0 : promptLength, ids.length - lastTokens, 0);
}

/** What happens to the logit of a token that occurs in the window. What does nothing: a factor of 1, amounts of 0. */
export interface SeenPenalty {
  /** Divides a positive logit and multiplies one that is not. */
  factor: number;
  /** Taken off for each occurrence, and once. */
  perOccurrence: number;
  once: number;
}

/**
 * Changes the logit of every token that occurs in the window and is still in the running, once each. Ids that are no tokens are skipped.
 * Only tokens of the window are touched, however large the vocabulary is.
 */
export function penalizeSeen(candidates: Candidates, { ids }: History, start: number, { factor, perOccurrence, once }: SeenPenalty): void {
  const { logits, tallies } = candidates;
  for (let at = start; at < ids.length; at++) tallies[ids[at]]++;
  for (let at = start; at < ids.length; at++) {
    const id = ids[at];
    const occurrences = tallies[id];
    if (!(occurrences > 0)) continue;
    tallies[id] = 0;
    const i = candidates.indexOf(id);
    if (i < 0) continue;
    const logit = logits[i] > 0 ? logits[i] / factor : logits[i] * factor;
    logits[i] = logit - perOccurrence * occurrences - once;
  }
}
