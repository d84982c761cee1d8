// What a tuning run has read: how often each line, and how many tokens.
import type { Tuning } from '../../lab/jobs/tuning.js';
import { BATCH_SIZE } from '../../lab/tuning/recipe.js';

export interface Read {
  /** Different lines. */
  lines: number;
  /** How often each was read; seldom a whole number, since a run ends in the middle of a pass. */
  times: number;
  /** Stories that were repeated, each once. */
  stories: number;
  /** Tokens of answers that were learned, all passes together. */
  tokens: number;
  /** Places that were computed, those that nothing fills among them. */
  places: number;
}

/** The positions of a row. */
const PLACES = 256;

/** @param run  one whose steps are all done */
export function readOf({ step, recipe: { replay }, lines }: Tuning): Read {
  const rows = step * BATCH_SIZE;
  const ofLines = (rows * (100 - replay)) / 100;
  const times = ofLines / lines.rows;
  return { lines: lines.learned, times, stories: Math.round(rows - ofLines), tokens: Math.round(times * lines.tokens), places: rows * PLACES };
}
