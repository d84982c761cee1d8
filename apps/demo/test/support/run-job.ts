// Runs a job without a worker.
import type { Job, Tools } from '../../src/lab/job.js';

/** Tools that keep nothing and never wait. */
export const calmTools: Omit<Tools, 'engine' | 'model'> = { keep: async (_, make) => make(), preparing: () => {}, breathe: async () => {} };

/** @returns every state that the job yields, and its result */
export async function runJob<Input, Update, Result>(job: Job<Input, Update, Result>, input: Input, tools: Partial<Tools> = {}): Promise<{ updates: Update[]; result: Result }> {
  const steps = job(input, { ...calmTools, ...tools } as Tools);
  const updates: Update[] = [];
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { updates, result: value as Result };
    updates.push(value as Update);
  }
}
