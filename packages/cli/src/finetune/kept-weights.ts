// Which weights a tuning saves: those of the best look, or the last ones where too few examples are held out to say which look is best.
import { type TuningRun } from './run.js';

export const KEEP = ['best', 'last'] as const;
export type Keep = (typeof KEEP)[number];

/** With fewer examples the lowest loss is mostly chance, and often stands before much is learned. */
export const FEWEST_TO_CHOOSE = 8;

/** What the user chose; else the best, where enough examples are held out. */
export function keptWeights({ settings: { keep }, rows: { heldOut } }: Pick<TuningRun['parts'], 'settings' | 'rows'>): Keep {
  if (!heldOut) return 'last';
  return keep ?? (examplesIn(heldOut) < FEWEST_TO_CHOOSE ? 'last' : 'best');
}

/** Those that fit into the context. */
export const examplesIn = ({ counts: { examples, dropped } }: TuningRun['parts']['rows']['training']): number => examples - dropped;
