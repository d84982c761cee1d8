// What is said of pairs before a run, and of the steps on them.
import { type PreferenceRows } from '@kk/finetune';
import { shortPath } from '../../files/paths.js';
import { numberFormats } from '../../terminal/numbers.js';
import { type FactRow, type SplitExamples, type Step } from '../method.js';
import { type TuningSettings } from '../settings.js';

const numbers = numberFormats('en');

export function pairRows({ counts, positions }: Pick<PreferenceRows, 'counts' | 'positions'>, { training, heldOut, duplicates }: SplitExamples, { data, truncation }: TuningSettings, cwd: string): FactRow[] {
  const left = [
    ...(counts.dropped > 0 ? [`${numbers.count(counts.dropped, 'pair')} left out, because ${counts.dropped === 1 ? 'it is' : 'they are'} too long`] : []),
    ...(counts.truncated > 0 ? [`${numbers.count(counts.truncated, 'pair')} cut (--truncation ${truncation})`] : []),
    ...(duplicates > 0 ? [numbers.count(duplicates, 'duplicate')] : []),
  ];
  return [
    ['Pairs', `${data.map((file) => shortPath(cwd, file)).join(', ')}: ${numbers.integer(training.length)} to learn, ${numbers.integer(heldOut.length)} to check on`],
    ...(left.length > 0 ? [['Note', `${left.join('; ')}.`] as const] : []),
    ['Rows', `up to ${numbers.integer(positions)} tokens, two for each pair; ${numbers.count(counts.targets, 'token')} of answers`],
  ];
}

/** The mean of what these steps measured. */
export const meanOfLast = (steps: readonly Step[], name: string): number => steps.reduce((sum, { measures }) => sum + measures![name]!, 0) / steps.length;
