// What the tests of tunings by a reward have in common: a small world of ids in which an answer is good that says 7, and how a run is read.
import type { GPTConfig } from '@kk/gpt';
import type { RewardFunction } from '../../src/index.js';

export const config: GPTConfig = { vocabSize: 12, contextLength: 16, layers: 2, heads: 2, width: 16, dropout: 0.1 };
export const END = 11;
export const counting = Int32Array.from({ length: 600 }, (_, i) => (i % 8 === 7 ? END : (i * 5) % 8));
export const ids = (...all: number[]): Int32Array => Int32Array.from(all);
export const prompts = [ids(0), ids(1, 2), ids(3), ids(4), ids(5), ids(6, 7)];
export const decode = (all: number[]): string => all.join(' ');
/** How often an answer says 7, at most three times. */
export const sevens: RewardFunction = (_prompt, answer) => Math.min(3, answer.split(' ').filter((one) => one === '7').length);
export const quick = { batchSize: 2, steps: 6, learningRate: 5e-3, warmupSteps: 1, seed: 3 };

/** The events of a run. */
export async function all<E>(run: AsyncIterable<E>): Promise<E[]> {
  const events: E[] = [];
  for await (const event of run) events.push(event);
  return events;
}

/** The reports of its steps. */
export const stepsOf = <Report>(events: readonly ({ readonly type: 'step'; readonly report: Report } | { readonly type: 'look' | 'save' | 'stop' })[]): Report[] => events.flatMap((event) => (event.type === 'step' ? [event.report] : []));

export const mean = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
