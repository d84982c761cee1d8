// Runs a job only while no other one is computed, because it measures time: where another begins meanwhile, it ends and begins again afterwards.
import { computed, watch, type Ref } from 'vue';
import { runsGoing } from './lab.js';
import { isGoing, type UsedJob } from './use-lab.js';

/**
 * Call it in a setup, or in an effect scope.
 * @param isWanted  whether there is something to measure still
 * @param start  starts the job
 * @param going  how many runs the worker has, this one among them
 */
export function whenIdle(job: Pick<UsedJob<never>, 'state' | 'cancel'>, isWanted: () => boolean, start: () => void, going: Readonly<Ref<number>> = runsGoing): void {
  const isMine = computed(() => isGoing(job.state));
  const hasOthers = computed(() => going.value > (isMine.value ? 1 : 0));
  watch([isMine, hasOthers, isWanted], () => {
    if (isMine.value && hasOthers.value) job.cancel();
    else if (!isMine.value && !hasOthers.value && job.state !== 'failed' && isWanted()) start();
  }, { immediate: true });
}
