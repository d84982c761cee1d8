// The packages do long work in steps. Here messages are let in between two of them.
import type { Tools } from './job.js';

/** @param preparing  what the figure is told to be under way, if it is to be told how far it is */
export async function inSteps<Result>(tools: Tools, steps: Generator<number, Result, void>, preparing?: string): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (preparing !== undefined) tools.preparing(preparing, value);
    await tools.breathe();
  }
}
