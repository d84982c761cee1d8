// The visitor's newest tuning run on this page, which figures further down go on with: they talk to it, and compare it with the pretraining.
import { shallowRef, type ShallowRef } from 'vue';
import type { Tuning } from '../../lab/jobs/tuning.js';

/** Null until the first step of the first run. */
export const lastRun: ShallowRef<Tuning | null> = shallowRef(null);
