// The visitor's own lines that were deleted, or that a file took the place of, come back one after the other, and nothing else is lost by it.
import { beforeEach, expect, it, vi } from 'vitest';
import type * as OwnLines from '../src/storage/own-lines.js';
import type * as RemovedLines from '../src/storage/removed-lines.js';

vi.mock('../src/storage/kept-values.js', () => ({ isKept: true, readValue: async () => undefined, writeValue: async () => true, removeValue: async () => undefined }));

let own: typeof OwnLines;
let removed: typeof RemovedLines;
beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  own = await import('../src/storage/own-lines.js');
  removed = await import('../src/storage/removed-lines.js');
});

const line = (prompt: string, completion = prompt): { prompt: string; completion: string } => ({ prompt, completion });
const now = (): string => own.ownLines.value.map(({ prompt }) => prompt).join(' ');
/** Brings back as long as there is something. @returns what is there each time */
function allBack(): string[] {
  const seen: string[] = [];
  for (; removed.canBringBack.value; seen.push(now())) removed.bringBackOwnLines();
  return seen;
}

it('come back to their places, the last ones first', () => {
  own.setOwnLines(['a', 'b', 'c', 'd'].map((name) => line(name)));
  removed.removeOwnLines([1]);
  removed.removeOwnLines([0, 2]);
  expect(now()).toBe('c');
  expect(allBack()).toEqual(['a c d', 'a b c d']);
});

it('come back after files, too, which take nothing with them that was written since', () => {
  own.setOwnLines([line('a'), line('b')]);
  removed.replaceOwnLines([line('x'), line('y')]);
  removed.replaceOwnLines([line('z')]);
  own.setOwnLines([...own.ownLines.value, line('new')]);
  expect(now()).toBe('z new');
  expect(allBack()).toEqual(['x y new', 'a b new']);
});

it('come back when all were deleted before a file was opened', () => {
  own.setOwnLines([line('a'), line('b')]);
  removed.removeOwnLines([0, 1]);
  removed.replaceOwnLines([line('x')]);
  expect(allBack()).toEqual(['a b x']);
});

it('are not those that were empty', () => {
  own.setOwnLines([line('a'), line('')]);
  removed.removeOwnLines([0]);
  removed.removeOwnLines([0]);
  expect(now()).toBe('');
  expect(allBack()).toEqual(['a']);
});

it('wait for room', () => {
  own.setOwnLines([line('a')]);
  removed.removeOwnLines([0]);
  own.setOwnLines(Array.from({ length: own.MOST_LINES }, (_, i) => line(`${i}`)));
  expect(removed.canBringBack.value).toBe(false);
  removed.bringBackOwnLines();
  expect(own.ownLines.value).toHaveLength(own.MOST_LINES);
  removed.removeOwnLines([0]);
  expect(removed.canBringBack.value, 'the newest first').toBe(true);
});
