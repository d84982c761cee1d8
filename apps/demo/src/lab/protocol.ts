// What the page and the worker say to each other. Every message about a job carries the id of its run.
import type { OwnModel } from '../storage/own-models.js';
import type { JobModules } from './jobs/index.js';

export type JobName = keyof JobModules;

type JobOf<Name extends JobName> = Awaited<ReturnType<JobModules[Name]>>['default'];
export type InputOf<Name extends JobName> = Parameters<JobOf<Name>>[0];
export type UpdateOf<Name extends JobName> = ReturnType<JobOf<Name>> extends AsyncGenerator<infer Update, unknown, void> ? Update : never;
export type ResultOf<Name extends JobName> = ReturnType<JobOf<Name>> extends AsyncGenerator<unknown, infer Result, void> ? Result : never;

/** What the worker computes with. */
export interface Environment {
  /** For example `wasm: SIMD, 2 threads`. */
  description: string;
  threads: number;
  /** Whether the page is cross-origin isolated, which several threads need. */
  isolated: boolean;
}

export type ToWorker =
  | { type: 'start'; run: number; job: JobName; input: unknown; /** Stops before each step until `resume` or `step`. */ paused?: boolean }
  | { type: 'pause' | 'resume' | 'step' | 'cancel'; run: number }
  /** A model that the browser does not keep, so that the worker cannot read it from there. */
  | { type: 'model'; model: OwnModel }
  | { type: 'ping' };

export type FromWorker =
  /** The newest state of a run. States are complete: one that is overtaken by a newer one is not sent. */
  | { type: 'update'; run: number; update: unknown }
  /** Something takes long before the first step: what, and the share that is done, from 0 to 1. */
  | { type: 'preparing'; run: number; what: string; share: number }
  | { type: 'paused'; run: number }
  | { type: 'done'; run: number; result: unknown }
  | { type: 'cancelled'; run: number }
  | { type: 'error'; run: number; failure: Failure }
  | { type: 'environment'; environment: Environment }
  /** The worker holds the lock of its name, which the browser frees as soon as the worker ends. */
  | { type: 'locked' }
  /** A file that was loaded before the service worker was there to keep it. */
  | { type: 'loaded'; url: string }
  | { type: 'pong' };

/** Why a run ended early. `job`: the job threw; `memory`: it ran out of memory; `worker`: the worker died; `silent`: it no longer answered. */
export interface Failure {
  kind: 'job' | 'memory' | 'network' | 'worker' | 'silent';
  /** What the program says, in English; empty if it says nothing. */
  message: string;
}
