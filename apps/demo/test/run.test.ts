// A run of a job: its messages, pausing, single steps, cancelling, failures.
import { expect, it } from 'vitest';
import { defineJob, type Tools } from '../src/lab/job.js';
import { Kept } from '../src/lab/kept.js';
import type { FromWorker } from '../src/lab/protocol.js';
import { Cancelled, failureOf, nextTurn, Run } from '../src/lab/run.js';

const counting = defineJob(async function* (to: number): AsyncGenerator<number, string> {
  for (let step = 1; step <= to; step++) yield step;
  return 'counted';
});

function started(paused = false): { run: Run; messages: FromWorker[]; tools: Tools } {
  const messages: FromWorker[] = [];
  const run = new Run(1, (message) => messages.push(message), paused);
  return { run, messages, tools: { breathe: () => run.breathe() } as Tools };
}

const turns = async (count = 5): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await nextTurn();
};

it('sends the last state, then the result', async () => {
  const { run, messages, tools } = started();
  await run.run(counting, 1000, tools);
  expect(messages.at(-1)).toEqual({ type: 'done', run: 1, result: 'counted' });
  expect(messages.at(-2)).toEqual({ type: 'update', run: 1, update: 1000 });
});

it('goes one step at a time, then on', async () => {
  const { run, messages, tools } = started(true);
  const ended = run.run(counting, 3, tools);
  await turns();
  expect(messages).toEqual([{ type: 'paused', run: 1 }]);
  run.step();
  await turns();
  expect(messages.slice(1)).toEqual([{ type: 'update', run: 1, update: 1 }, { type: 'paused', run: 1 }]);
  run.resume();
  await ended;
  expect(messages.at(-1)).toMatchObject({ type: 'done' });
});

it('is cancelled while paused, and frees what it holds', async () => {
  let freed = false;
  const holding = defineJob(async function* (): AsyncGenerator<number, void> {
    try {
      for (;;) yield 1;
    } finally {
      freed = true;
    }
  });
  const { run, messages, tools } = started(true);
  const ended = run.run(holding, undefined, tools);
  run.step();
  await turns();
  run.cancel();
  await ended;
  expect([messages.at(-1), freed]).toEqual([{ type: 'cancelled', run: 1 }, true]);
});

it('is cancelled while it runs', async () => {
  const endless = defineJob(async function* (): AsyncGenerator<number, void> {
    for (;;) yield 1;
  });
  const { run, messages, tools } = started();
  const ended = run.run(endless, undefined, tools);
  await turns();
  run.cancel();
  await ended;
  expect(messages.at(-1)).toEqual({ type: 'cancelled', run: 1 });
});

it('is cancelled at once while it waits for something that never comes', async () => {
  const waiting = defineJob(async function* (): AsyncGenerator<number, void> {
    await new Promise(() => {});
    yield 1;
  });
  const { run, messages, tools } = started();
  void run.run(waiting, undefined, tools);
  await turns();
  run.cancel();
  expect(messages).toEqual([{ type: 'cancelled', run: 1 }]);
});

it('pauses in the middle of a long preparation, and a single step finishes it', async () => {
  let breaths = 0;
  const preparing = defineJob(async function* (_: undefined, tools: Tools): AsyncGenerator<string, void> {
    for (; breaths < 50; breaths++) {
      await nextTurn();
      await tools.breathe();
    }
    yield 'prepared';
    yield 'more';
  });
  const { run, messages, tools } = started();
  void run.run(preparing, undefined, tools);
  await turns();
  run.pause();
  await turns(20);
  const before = breaths;
  await turns(20);
  expect([breaths, messages]).toEqual([before, [{ type: 'paused', run: 1 }]]);
  run.step();
  await turns(200);
  expect(messages.slice(1)).toEqual([{ type: 'update', run: 1, update: 'prepared' }, { type: 'paused', run: 1 }]);
});

it('runs beside another one, and each is controlled by itself', async () => {
  const endless = defineJob(async function* (): AsyncGenerator<number, void> {
    for (let step = 0; ; step++) {
      await nextTurn();
      yield step;
    }
  });
  const [one, two] = [started(), started()];
  const ends = [one.run.run(endless, undefined, one.tools), two.run.run(endless, undefined, two.tools)];
  await turns(20);
  one.run.pause();
  await turns(20);
  expect(one.messages.at(-1)).toEqual({ type: 'paused', run: 1 });
  expect(two.messages.some(({ type }) => type === 'paused')).toBe(false);
  two.run.cancel();
  one.run.cancel();
  await Promise.all(ends);
  expect([one.messages.at(-1), two.messages.at(-1)]).toEqual([{ type: 'cancelled', run: 1 }, { type: 'cancelled', run: 1 }]);
});

it('makes a shared value again when the run that was making it is cancelled', async () => {
  const kept = new Kept(3);
  let hasBegun = 0;
  let isCancelled = false;
  const make = async (): Promise<string> => {
    hasBegun++;
    await nextTurn();
    if (isCancelled) throw new Cancelled();
    return 'made';
  };
  const first = kept.get('chain', make);
  const second = kept.get('chain', make, (error) => error instanceof Cancelled);
  await Promise.resolve();
  isCancelled = true;
  await expect(first).rejects.toThrow(Cancelled);
  isCancelled = false;
  expect([await second, hasBegun]).toEqual(['made', 2]);
});

it('reports what a job throws', async () => {
  const failing = defineJob(async function* (): AsyncGenerator<number, void> {
    yield 1;
    throw new Error('no such text');
  });
  const { run, messages, tools } = started();
  await run.run(failing, undefined, tools);
  expect(messages.at(-1)).toEqual({ type: 'error', run: 1, failure: { kind: 'job', message: 'no such text' } });
});

it.each(['Array buffer allocation failed', 'WebAssembly.Memory(): could not allocate memory', 'Invalid typed array length: 9999999999'])('knows that memory ran out: %s', (message) => {
  expect(failureOf(new RangeError(message)).kind).toBe('memory');
});
