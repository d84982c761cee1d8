// Figures get a task each, in their order, and those of a page that was left get none.
import { afterEach, expect, it, vi } from 'vitest';
import { allThere, waitForTurn } from '../src/shell/reading/in-turn.js';

afterEach(() => void vi.unstubAllGlobals());

it('takes one turn in a task, in the order of the page', async () => {
  const tasks: (() => void)[] = [];
  vi.stubGlobal('setTimeout', (task: () => void) => tasks.push(task));
  let taken: string[] = [];
  for (const name of ['first', 'second', 'third']) waitForTurn(() => taken.push(name));
  const perTask: string[][] = [];
  do {
    taken = [];
    tasks.shift()?.();
    await new Promise(setImmediate); // what follows in the same task
    perTask.push(taken);
  } while (tasks.length > 0);
  expect(perTask.filter((names) => names.length > 0)).toEqual([['first'], ['second'], ['third']]);
});

it('goes on when a turn was taken back, and when one fails', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const taken: string[] = [];
  waitForTurn(() => taken.push('gone'))();
  waitForTurn(() => {
    throw new Error('broken figure');
  });
  waitForTurn(() => taken.push('next'));
  await allThere();
  expect(taken).toEqual(['next']);
  expect(reported).toHaveBeenCalledExactlyOnceWith(new Error('broken figure'));
});

it('is all there only when the figures of a text have had their turns, too', async () => {
  const taken: string[] = [];
  waitForTurn(() => {
    taken.push('text');
    waitForTurn(() => {
      taken.push('figure');
      waitForTurn(() => taken.push('part of a figure'));
    });
  });
  await allThere();
  expect(taken).toEqual(['text', 'figure', 'part of a figure']);
});
