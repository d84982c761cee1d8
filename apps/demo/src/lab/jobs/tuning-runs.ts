// Chapter 9: several tuning runs one after the other, so that a figure can compare them. Those that learn the same lines begin with the same look,
// which is made once. Their weights are not kept: the visitor's own run is not to make room for them.
import { defineJob } from '../job.js';
import type { Look } from '../tuning/look.js';
import { withOwnKeep } from '../tuning/own-keep.js';
import tuning, { type Tuning, type TuningInput } from './tuning.js';

export interface TuningRunsInput {
  runs: readonly TuningInput[];
}

/** The runs that have begun, in their order. */
export type TuningRuns = readonly Tuning[];

export default defineJob(async function* ({ runs }: TuningRunsInput, tools): AsyncGenerator<TuningRuns, TuningRuns> {
  const states: Tuning[] = [];
  const firstLooks = new Map<string, Look>();
  for (const [i, run] of runs.entries()) {
    const beginning = beginningOf(run);
    for await (const state of tuning({ ...run, first: firstLooks.get(beginning) }, withOwnKeep(tools))) {
      if (!firstLooks.has(beginning)) firstLooks.set(beginning, state.looks[0]!);
      states[i] = state;
      yield [...states];
    }
  }
  return states;
});

/** All that the look before the first step depends on. */
const beginningOf = ({ recipe: { language, lines, seed }, asked, heldOut }: TuningInput): string => JSON.stringify([language, lines, seed, asked, heldOut]);
