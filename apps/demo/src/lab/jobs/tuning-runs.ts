// Chapter 9: several tuning runs one after the other, so that a figure can compare them. Their weights are
// not kept: the visitor's own run is not to make room for them.
import { defineJob } from '../job.js';
import { withOwnKeep } from '../tuning/own-keep.js';
import tuning, { type Tuning, type TuningInput } from './tuning.js';

export interface TuningRunsInput {
  runs: readonly TuningInput[];
}

/** The runs that have begun, in their order. */
export type TuningRuns = readonly Tuning[];

export default defineJob(async function* ({ runs }: TuningRunsInput, tools): AsyncGenerator<TuningRuns, TuningRuns> {
  const states: Tuning[] = [];
  for (const [i, run] of runs.entries()) {
    for await (const state of tuning(run, withOwnKeep(tools))) {
      states[i] = state;
      yield [...states];
    }
  }
  return states;
});
