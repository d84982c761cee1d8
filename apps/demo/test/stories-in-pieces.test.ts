// Stories that jobs write in pieces are those that the package writes in one.
import { writeStories } from '@kk/corpora';
import { expect, it } from 'vitest';
import { inSteps } from '../src/lab/in-steps.js';
import { storiesInPieces } from '../src/lab/texts.js';
import { calmTools } from './support/run-job.js';

it.each([{ seed: 1, bytes: 20_000 }, { seed: 1, bytes: 0 }, { seed: 7, characters: 20_000 }])('writes what writeStories writes: %j', async (size) => {
  let breaths = 0;
  const tools = { breathe: async () => void breaths++ };
  const text = await storiesInPieces(tools, 'de', size);
  expect(text).toBe(writeStories('de', size));
  expect(breaths).toBe(text.split('\n\n').length - 1);
});

it('lets messages in between two steps, and ends with the run', async () => {
  const told: [string, number][] = [];
  const tools = { ...calmTools, engine: undefined as never, model: undefined as never, preparing: (what: string, share: number) => void told.push([what, share]) };
  function* work(): Generator<number, string, void> {
    yield 0.2;
    yield 0.7;
    return 'ready';
  }
  expect(await inSteps(tools, work(), 'chain')).toBe('ready');
  expect(told).toEqual([['chain', 0.2], ['chain', 0.7]]);
  await expect(inSteps({ ...tools, breathe: () => Promise.reject(new Error('cancelled')) }, work())).rejects.toThrow('cancelled');
});
