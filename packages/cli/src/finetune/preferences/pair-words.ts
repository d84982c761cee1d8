// What is said of pairs before a run, and of the steps on them.
import { shortPath } from '../../files/paths.js';
import { numberFormats } from '../../terminal/numbers.js';
import type { FactRow, SplitExamples, Step } from '../method.js';
import type { TuningSettings } from '../settings.js';
import type { RowsOfPairs } from './data.js';

const numbers = numberFormats('en');

export const pairRows = ({ training: { counts, positions }, heldOut: measured }: RowsOfPairs, { training, heldOut, duplicates }: SplitExamples, { data, truncation }: TuningSettings, cwd: string): FactRow[] => [
  ['Pairs', `${data.map((file) => shortPath(cwd, file)).join(', ')}: ${numbers.integer(training.length)} to learn, ${numbers.integer(heldOut.length)} to check on`],
  ...leftOut('pair', counts, duplicates, truncation, heldOut.length === 0 || measured !== undefined),
  ['Rows', `up to ${numbers.integer(positions)} tokens, two for each pair; ${numbers.count(counts.targets, 'token')} of answers`],
];

/** What of the examples is not learned or measured as it is; empty where there is nothing to say. */
export function leftOut(noun: string, { dropped, truncated }: { readonly dropped: number; readonly truncated: number }, duplicates: number, truncation: string, isMeasured: boolean): FactRow[] {
  const notes = [
    ...(dropped > 0 ? [`${numbers.count(dropped, noun)} left out, because ${dropped === 1 ? 'it is' : 'they are'} too long`] : []),
    ...(truncated > 0 ? [`${numbers.count(truncated, noun)} cut (--truncation ${truncation})`] : []),
    ...(duplicates > 0 ? [numbers.count(duplicates, 'duplicate')] : []),
    ...(isMeasured ? [] : [`what is held out is not measured, because too few ${noun}s of it are there or fit`]),
  ];
  return notes.length === 0 ? [] : [['Note', `${notes.join('; ')}.`]];
}

/** The mean of what these steps measured. */
export const meanOf = (steps: readonly Step[], name: string): number => steps.reduce((sum, { measures }) => sum + measures![name]!, 0) / steps.length;

/** In how many pairs of the last steps the chosen answer had the higher reward, and by how much. */
export const pairFigures = (steps: readonly Step[]): string[] => [`right in ${numbers.percent(meanOf(steps, 'accuracy'))}`, `margin ${numbers.decimal(meanOf(steps, 'margin'), 2)}`];
