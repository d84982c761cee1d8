// The page's side of the worker, with a worker that the test plays: messages, failures, silence, a second worker.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type * as Lab from '../src/lab/lab.js';
import type { FromWorker, ToWorker } from '../src/lab/protocol.js';

class FakeWorker {
  static all: FakeWorker[] = [];
  heard: ToWorker[] = [];
  isTerminated = false;
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null = null;
  /** Whether it answers when asked. */
  answers = true;
  constructor() {
    FakeWorker.all.push(this);
  }
  postMessage(message: ToWorker): void {
    if (message.type === 'ping') {
      if (this.answers) this.say({ type: 'pong' });
    } else this.heard.push(message);
  }
  say(message: FromWorker): void {
    this.onmessage?.({ data: message });
  }
  terminate(): void {
    this.isTerminated = true;
  }
}

let lab: typeof Lab;
const newest = (): FakeWorker => FakeWorker.all.at(-1)!;
const input = { text: { own: 'a' }, unit: 'word', order: 1, seed: 1, length: 1 } as never;

function start(): { run: number; messages: FromWorker[] } {
  const messages: FromWorker[] = [];
  return { run: lab.startRun('nonsense', input, (message) => messages.push(message)), messages };
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
  FakeWorker.all = [];
  vi.resetModules();
  lab = await import('../src/lab/lab.js');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('tells every run when the worker dies, and starts another worker for the next run', () => {
  const [one, two] = [start(), start()];
  newest().onerror!({ message: 'Uncaught Error: lost', preventDefault() {} });
  for (const { messages } of [one, two]) expect(messages.at(-1)).toMatchObject({ type: 'error', failure: { kind: 'worker', message: 'Uncaught Error: lost' } });
  const three = start();
  expect([FakeWorker.all.length, FakeWorker.all[0]!.isTerminated]).toEqual([2, true]);
  newest().say({ type: 'done', run: three.run, result: 1 });
  expect(three.messages).toEqual([{ type: 'done', run: three.run, result: 1 }]);
});

it('says that memory ran out, and takes a new worker when no run needs the old one', () => {
  const { run, messages } = start();
  newest().say({ type: 'error', run, failure: { kind: 'memory', message: 'out of memory' } });
  expect(messages.at(-1)).toMatchObject({ failure: { kind: 'memory' } });
  expect(newest().isTerminated).toBe(true);
});

it('keeps a worker in which another run goes on when memory ran out for one', () => {
  const [one, two] = [start(), start()];
  newest().say({ type: 'error', run: one.run, failure: { kind: 'memory', message: 'out of memory' } });
  expect([newest().isTerminated, two.messages]).toEqual([false, []]);
});

it('ends a worker that does not answer', () => {
  const { messages } = start();
  newest().answers = false;
  vi.advanceTimersByTime(29_000);
  expect(messages).toEqual([]);
  vi.advanceTimersByTime(3_000);
  expect(messages.at(-1)).toMatchObject({ type: 'error', failure: { kind: 'silent' } });
  expect(newest().isTerminated).toBe(true);
});

it('leaves a worker alone that is slow but answers', () => {
  const { messages } = start();
  vi.advanceTimersByTime(600_000);
  expect([messages, newest().isTerminated]).toEqual([[], false]);
});

it('does not count the time in which the page was asleep', () => {
  const { messages } = start();
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 3_600_000);
  vi.advanceTimersByTime(2_000);
  expect([messages, newest().isTerminated]).toEqual([[], false]);
});

it('ends a worker soon that does not even hear that its only run was cancelled', () => {
  const { run, messages } = start();
  newest().answers = false;
  lab.control('cancel', run);
  vi.advanceTimersByTime(7_000);
  expect(messages).toEqual([{ type: 'cancelled', run }]);
  expect(newest().isTerminated).toBe(true);
});

it('does not end a worker for a cancelled run while another one may be working', () => {
  const [one, two] = [start(), start()];
  newest().answers = false;
  lab.control('cancel', one.run);
  vi.advanceTimersByTime(20_000);
  expect([two.messages, newest().isTerminated]).toEqual([[], false]);
});

it('hears nothing from a worker that was ended', () => {
  const { run, messages } = start();
  const first = newest();
  first.onerror!({ message: '', preventDefault() {} });
  const next = start();
  first.say({ type: 'done', run: next.run, result: 'old' });
  expect([run, messages.length, next.messages]).toEqual([run, 1, []]);
});

it('notices at once that the worker has ended itself, by the lock that it held', async () => {
  const waiting: (() => void)[] = [];
  vi.stubGlobal('navigator', {
    locks: {
      request: (_: string, { signal }: { signal: AbortSignal }, then: () => void) =>
        new Promise<void>((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          waiting.push(() => resolve(then()));
        }),
    },
  });
  const { messages } = start();
  newest().say({ type: 'locked' });
  expect(messages).toEqual([]);
  waiting[0]!();
  expect(messages.at(-1)).toMatchObject({ type: 'error', failure: { kind: 'worker' } });
  // The lock of a worker that the page has ended says nothing about its successor.
  const next = start();
  newest().say({ type: 'locked' });
  waiting[0]!();
  expect(next.messages).toEqual([]);
});
