// Runs a job only while no other one is computed, because it measures time: where another begins meanwhile, it ends and begins again afterwards.
import { computed, watch, type Ref } from 'vue';
import { runsGoing } from './lab.js';
import type { JobName, ResultOf } from './protocol.js';
import { isGoing, type UsedJob } from './use-lab.js';

interface Measuring<Name extends JobName> {
  /** Whether there is something to measure still; no longer after `keep`. */
  isWanted(): boolean;
  /** Starts the job. */
  start(): void;
  /** Takes what was measured. */
  keep(result: ResultOf<Name>): void;
}

/**
 * Call it in a setup, or in an effect scope.
 * @param going  how many runs the worker has, this one among them
 */
export function whenIdle<Name extends JobName>(job: Pick<UsedJob<Name>, 'state' | 'result' | 'cancel'>, { isWanted, start, keep }: Measuring<Name>, going: Readonly<Ref<number>> = runsGoing): void {
  const isMine = computed(() => isGoing(job.state));
  const hasOthers = computed(() => going.value > (isMine.value ? 1 : 0));
  watch([() => job.state, hasOthers, isWanted], () => {
    if (job.state === 'done' && isWanted()) keep(job.result!); // first, or it would begin again
    if (isMine.value && hasOthers.value) job.cancel();
    else if (!isMine.value && !hasOthers.value && job.state !== 'failed' && isWanted()) start();
  }, { immediate: true });
}
