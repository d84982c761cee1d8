// Chapter 6: a model of one layer with one head learns to copy, reverse or sort digits, and how good it is on the way. A step of this job
// goes to the next kept moment, so that each shows something new.
import { steps } from '../forms/tasks.js';
import { momentsOf, trainForms, type FormsInput, type Measured } from '../forms/train.js';
import { defineJob } from '../job.js';
import { untilPassed } from '../pace.js';

export interface AttentionTrainingInput extends FormsInput {
  /** The least time of a step in milliseconds, so that one can watch. */
  pace: number;
}

export interface AttentionTraining {
  step: number;
  steps: number;
  /** The kept moments so far; what the model does at one of them, `attentionReading` tells. */
  moments: Measured[];
}

export default defineJob(async function* ({ pace, ...input }: AttentionTrainingInput, tools): AsyncGenerator<AttentionTraining, AttentionTraining> {
  const moments = await momentsOf(tools, input);
  let state: AttentionTraining = { step: 0, steps: steps[input.task], moments: [] };
  let began = performance.now();
  for await (const { step, measured } of trainForms(await tools.engine(), input, moments)) {
    if (step > 0) await untilPassed(tools, began + pace);
    if (measured) yield (state = { ...state, step, moments: [...state.moments, measured] });
    else await tools.breathe();
    began = performance.now();
  }
  return state;
});
