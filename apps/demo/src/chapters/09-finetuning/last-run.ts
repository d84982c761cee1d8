// The visitor's newest tuning run on this page, which figures further down go on with: they talk to it, and compare it with the pretraining.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Tuning } from '../../lab/jobs/tuning.js';
import type { LineSet } from './settings.js';

export interface LastRun extends Tuning {
  /** The set that its lines are from. */
  style: LineSet;
}

/** Null until the first step of the first run. */
export const lastRun: ShallowRef<LastRun | null> = shallowRef(null);

/** How many models were kept on this page: whoever lists them reads them again. */
export const keptModels: Ref<number> = ref(0);
