// A job that measures time is computed only while nothing else is, and every failed job of a figure begins again.
import { expect, it } from 'vitest';
import { effectScope, nextTick, ref, shallowReactive } from 'vue';
import { restartFailed, type JobState } from '../src/lab/use-lab.js';
import { whenIdle } from '../src/lab/when-idle.js';

/** A job, and the runs of the worker: a cancelled run counts until the worker has confirmed its end. */
function measuring() {
  const [going, isWanted, happened] = [ref(0), ref(true), [] as string[]];
  const job = shallowReactive({
    state: 'idle' as JobState,
    cancel() {
      happened.push('cancelled');
      job.state = 'idle';
    },
  });
  const start = (): void => {
    happened.push('started');
    job.state = 'running';
    going.value++;
  };
  const scope = effectScope();
  return { going, isWanted, happened, job, begin: () => scope.run(() => whenIdle(job, () => isWanted.value, start, going)) };
}

it('measures at once where nothing else is computed, and only once', async () => {
  const { going, isWanted, happened, job, begin } = measuring();
  begin();
  expect(happened).toEqual(['started']);
  job.state = 'done';
  isWanted.value = false;
  going.value = 0;
  await nextTick();
  expect(happened).toEqual(['started']);
});

it('waits for what is computed, and measures again after a disturbed measurement', async () => {
  const { going, happened, begin } = measuring();
  going.value = 2;
  begin();
  going.value = 1;
  await nextTick();
  expect(happened).toEqual([]);
  going.value = 0;
  await nextTick();
  expect(happened).toEqual(['started']);
  going.value++; // another run beside it
  await nextTick();
  expect(happened).toEqual(['started', 'cancelled']);
  going.value--; // the worker has confirmed its end, and the other goes on
  await nextTick();
  expect(happened).toEqual(['started', 'cancelled']);
  going.value--;
  await nextTick();
  expect(happened).toEqual(['started', 'cancelled', 'started']);
});

it('does not begin again by itself when it has failed', async () => {
  const { going, happened, job, begin } = measuring();
  begin();
  job.state = 'failed';
  going.value = 0;
  await nextTick();
  expect(happened).toEqual(['started']);
});

it('starts all failed jobs again, and no others', () => {
  const restarted: number[] = [];
  const states: JobState[] = ['failed', 'done', 'failed', 'running'];
  restartFailed(states.map((state, i) => ({ state, restart: () => restarted.push(i) })));
  expect(restarted).toEqual([0, 2]);
});
