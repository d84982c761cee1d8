// Which weights a tuning saves: those of the best look, or the last ones where too few examples are held out to say which look is best.
import type { RunParts } from './method.js';

export const KEEP = ['best', 'last'] as const;
export type Keep = (typeof KEEP)[number];

/** With fewer examples the lowest loss is mostly chance, and often stands before much is learned. */
export const FEWEST_TO_CHOOSE = 8;

/** What the user chose; else the best, where enough examples are held out. */
export function keptWeights({ settings: { keep }, heldOutExamples }: Pick<RunParts, 'settings' | 'heldOutExamples'>): Keep {
  if (heldOutExamples === 0) return 'last';
  return keep ?? (heldOutExamples < FEWEST_TO_CHOOSE ? 'last' : 'best');
}
