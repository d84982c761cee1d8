// A run of a job: its messages, pausing, single steps, cancelling, failures.
import { expect, it } from 'vitest';
import { defineJob, type Tools } from '../src/lab/job.js';
import type { FromWorker } from '../src/lab/protocol.js';
import { failureOf, nextTurn, Run } from '../src/lab/run.js';

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
