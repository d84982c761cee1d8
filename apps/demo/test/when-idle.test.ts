// A job that measures time is computed only while nothing else is, and every failed job of a figure begins again.
import { expect, it } from 'vitest';
import { effectScope, nextTick, ref, shallowReactive } from 'vue';
import type { PretrainingPace } from '../src/lab/jobs/pretraining-pace.js';
import { restartFailed, type JobState } from '../src/lab/use-lab.js';
import { whenIdle } from '../src/lab/when-idle.js';

/** A job that measures something for each language, and the runs of the worker: a cancelled run counts until the worker has confirmed its end. */
function measuring() {
  const [going, happened] = [ref(0), [] as string[]];
  const [language, kept] = [ref('de'), shallowReactive(new Map<string, PretrainingPace>())];
  let measures = '';
  const job = shallowReactive({
    state: 'idle' as JobState,
    result: null as PretrainingPace | null,
    cancel() {
      happened.push('cancelled');
      job.state = 'idle';
    },
  });
  const start = (): void => {
    measures = language.value;
    happened.push('started');
    job.state = 'running';
    going.value++;
  };
  const scope = effectScope();
  return {
    going, language, kept, happened, job,
    begin: () => scope.run(() => whenIdle<'pretrainingPace'>(job, { isWanted: () => !kept.has(language.value), start, keep: (result) => void kept.set(measures, result) }, going)),
    /** As the page learns of it: the run is forgotten first. */
    end(result: PretrainingPace) {
      going.value--;
      Object.assign(job, { state: 'done', result });
    },
  };
}
const pace: PretrainingPace = { steps: 1, tokens: 1, stories: 1, measured: 1, seconds: 1, flopsPerToken: 1 };

it('measures at once where nothing else is computed, keeps what was measured, and measures once', async () => {
  const { going, kept, happened, begin, end } = measuring();
  begin();
  expect(happened).toEqual(['started']);
  await nextTick();
  end(pace);
  await nextTick();
  expect([...kept]).toEqual([['de', pace]]);
  going.value++;
  await nextTick();
  going.value--;
  await nextTick();
  expect(happened).toEqual(['started']);
});

it('measures what else is wanted', async () => {
  const { language, kept, happened, begin, end } = measuring();
  begin();
  end(pace);
  await nextTick();
  language.value = 'en';
  await nextTick();
  expect(happened).toEqual(['started', 'started']);
  end({ ...pace, seconds: 2 });
  await nextTick();
  expect([...kept].map(([of, { seconds }]) => [of, seconds])).toEqual([['de', 1], ['en', 2]]);
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
