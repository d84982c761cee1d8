// A job as a figure uses it: `const job = useJob('nonsense')`, then `job.start(input)`; what it sends is reactive.
import { onBeforeUnmount, shallowReactive } from 'vue';
import { control, startRun } from './lab.js';
import type { Failure, InputOf, JobName, ResultOf, UpdateOf } from './protocol.js';

export type JobState = 'idle' | 'preparing' | 'running' | 'paused' | 'done' | 'failed';

/** Whether a job goes on, also while it waits. */
export const isGoing = (state: JobState): boolean => state === 'preparing' || state === 'running' || state === 'paused';

export interface UsedJob<Name extends JobName> {
  state: JobState;
  /** The newest state of the computation; kept after the end. */
  update: UpdateOf<Name> | null;
  /** What the finished job returned. */
  result: ResultOf<Name> | null;
  failure: Failure | null;
  /** What is being prepared before the first step, and how far that is. */
  preparing: { what: string; share: number } | null;
  /** Starts with this input; a run that is still going is cancelled. With `paused`, it waits for `step` or `resume`. */
  start(input: InputOf<Name>, options?: { paused?: boolean }): void;
  pause(): void;
  resume(): void;
  step(): void;
  cancel(): void;
  /** The same again, for example after a failure. */
  restart(): void;
}

export function useJob<Name extends JobName>(name: Name): UsedJob<Name> {
  let run = 0;
  let last: { input: InputOf<Name>; paused: boolean } | null = null;
  const isRunning = (): boolean => isGoing(job.state);

  const job: UsedJob<Name> = shallowReactive<UsedJob<Name>>({
    state: 'idle',
    update: null,
    result: null,
    failure: null,
    preparing: null,
    start(input, { paused = false } = {}) {
      if (isRunning()) control('cancel', run);
      last = { input, paused };
      Object.assign(job, { state: 'preparing', failure: null, preparing: null });
      const mine = startRun(
        name,
        input,
        (message) => {
          if (run !== mine) return; // of a run that a newer one has replaced
          if (message.type === 'update') {
            job.update = message.update as UpdateOf<Name>;
            if (job.state === 'preparing') job.state = 'running';
          } else if (message.type === 'preparing') job.preparing = { what: message.what, share: message.share };
          else if (message.type === 'paused') job.state = 'paused';
          else if (message.type === 'done') Object.assign(job, { state: 'done', result: message.result, preparing: null });
          else if (message.type === 'cancelled') Object.assign(job, { state: 'idle', preparing: null });
          else Object.assign(job, { state: 'failed', failure: message.failure, preparing: null });
        },
        paused,
      );
      run = mine;
    },
    pause() {
      if (!isRunning()) return;
      job.state = 'paused';
      control('pause', run);
    },
    resume() {
      if (!isRunning()) return;
      job.state = 'running';
      control('resume', run);
    },
    step() {
      if (isRunning()) control('step', run);
    },
    cancel() {
      if (!isRunning()) return;
      control('cancel', run);
      run = 0; // nothing that still comes counts
      Object.assign(job, { state: 'idle', preparing: null });
    },
    restart() {
      if (last) job.start(last.input, { paused: last.paused });
    },
  });

  onBeforeUnmount(() => job.cancel());
  return job;
}

/** Starts those again that have failed: one reason, such as no network, often ends several. */
export function restartFailed(jobs: readonly Pick<UsedJob<never>, 'state' | 'restart'>[]): void {
  for (const job of jobs.filter(({ state }) => state === 'failed')) job.restart();
}
