// The part of the text that a penalty applies to, and the loop over it that all penalties share.
import { requireInteger, requireKnown } from '../checks.js';
import type { Candidates } from '../selection/candidates.js';
import type { History } from '../stages/stage.js';

export interface PenaltyWindow {
  /** The number of last tokens that count: an integer from 0. Default all. */
  lastTokens?: number;
  /** Whether tokens of the prompt count as well. */
  includePrompt?: boolean;
}

/** @throws TypeError if there are other options; RangeError if the window is out of range */
export function checkWindow(name: string, window: PenaltyWindow): void {
  requireKnown<PenaltyWindow>(name, window, { lastTokens: true, includePrompt: true });
  checkLastTokens(name, window.lastTokens);
}

/** @throws RangeError unless it is an integer from 0, or left out */
export function checkLastTokens(name: string, lastTokens: number | undefined): void {
  if (lastTokens !== undefined) requireInteger(`${name} lastTokens`, lastTokens, 0, 'leave it out to look at the whole text');
}

/** The start of the window; its end is the end of the text. */
export function windowStart({ ids, promptLength }: History, { lastTokens = Infinity }: PenaltyWindow, includePrompt: boolean): number {
  return Math.max(includePrompt ? 0 : promptLength, ids.length - lastTokens, 0);
}

/** The change of the logit of a token that occurs in the window. A factor of 1 and amounts of 0 change nothing. */
export interface SeenPenalty {
  /** Divides a positive logit, multiplies any other. */
  factor: number;
  /** Subtracted for each occurrence, and once. */
  perOccurrence: number;
  once: number;
}

/**
 * Changes the logit of every candidate that occurs in the window, once each. Values that are not token ids are skipped. Only tokens of the
 * window are visited, so the size of the vocabulary does not matter.
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
