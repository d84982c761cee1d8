// The page's side of the worker: starts it on first use, delivers its messages, and notices when it has died.
import { shallowRef } from 'vue';
import { keepOffline } from '../offline/keep.js';
import { onUnkeptModel } from '../storage/own-models.js';
import type { Environment, Failure, FromWorker, InputOf, JobName, ToWorker } from './protocol.js';

/** What a run hears from the worker. */
export type Listener = (message: Extract<FromWorker, { run: number }>) => void;

/** How long the worker may be silent while it has something to do, in milliseconds. Downloads and the engine's start let it answer. */
const PATIENCE = 30_000;
/** How long a worker whose only runs were cancelled may be silent. */
const PATIENCE_WHEN_CANCELLED = 5_000;
/** After this silence the worker is asked for an answer. */
const ASK_AFTER = 2_000;

/** What the worker computes with, once its engine has started. */
export const environment = shallowRef<Environment | null>(null);

let worker: Worker | null = null;
let lastRun = 0;
let forgetModels: (() => void) | null = null;
/** Ends the waiting for the end of the worker. */
let stopWaiting: AbortController | null = null;
/** Differs between workers, also those of other tabs. */
const newName = (): string => `lab ${Date.now()} ${Math.random()}`;
let lastHeard = 0;
let lastLook = 0;
let watch: ReturnType<typeof setInterval> | null = null;
const listeners = new Map<number, Listener>();
/** How many runs the worker has, those among them whose end it has not confirmed yet. */
export const runsGoing = shallowRef(0);
/** Runs whose end the worker has not confirmed yet. */
const cancelled = new Set<number>();

/** Starts a job; its listener hears everything about it, to the end. */
export function startRun<Name extends JobName>(job: Name, input: InputOf<Name>, listener: Listener, paused = false): number {
  const run = ++lastRun;
  listeners.set(run, listener);
  runsGoing.value = listeners.size;
  post({ type: 'start', run, job, input, paused });
  return run;
}

/** Pauses, resumes, advances or cancels a run. */
export function control(type: 'pause' | 'resume' | 'step' | 'cancel', run: number): void {
  if (!listeners.has(run)) return;
  if (type === 'cancel') cancelled.add(run);
  post({ type, run });
}

function post(message: ToWorker): void {
  worker ??= startWorker();
  if (watch === null) {
    lastHeard = lastLook = performance.now();
    watch = setInterval(look, 1000);
  }
  worker.postMessage(message);
}

/** The next run gets a worker that has loaded and kept nothing, unless there are others now. */
export function startAnew(): void {
  if (listeners.size === 0) end();
}

/** Forgets a run that has ended. */
function forget(run: number): Listener | undefined {
  const listener = listeners.get(run);
  listeners.delete(run);
  runsGoing.value = listeners.size;
  cancelled.delete(run);
  return listener;
}

function startWorker(): Worker {
  const name = newName();
  const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name });
  started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (started !== worker) return;
    lastHeard = performance.now();
    if (data.type === 'environment') environment.value = data.environment;
    else if (data.type === 'locked') void noticeEnd(started, name);
    else if (data.type === 'loaded') keepOffline(data.url);
    else if (data.type !== 'pong') {
      const hasEnded = data.type === 'done' || data.type === 'error' || data.type === 'cancelled';
      const listener = hasEnded ? forget(data.run) : listeners.get(data.run);
      // Memory that ran out comes back with a new worker, if no other run needs this one.
      if (data.type === 'error' && data.failure.kind === 'memory' && listeners.size === 0) end();
      listener?.(data);
    }
  };
  started.onerror = (event) => {
    event.preventDefault();
    if (started === worker) fail({ kind: /memory/i.test(event.message) ? 'memory' : 'worker', message: event.message ?? '' });
  };
  started.onmessageerror = () => {
    if (started === worker) fail({ kind: 'worker', message: '' });
  };
  forgetModels = onUnkeptModel((model) => started.postMessage({ type: 'model', model } satisfies ToWorker));
  return started;
}

/** Waits for the lock that the worker holds: it is free when the worker has ended, which no event says. Browsers without locks wait for an answer instead. */
async function noticeEnd(of: Worker, name: string): Promise<void> {
  stopWaiting = new AbortController();
  try {
    await navigator.locks.request(name, { signal: stopWaiting.signal }, () => {
      if (of === worker) fail({ kind: 'worker', message: '' });
    });
  } catch {
    // This page has ended the worker itself.
  }
}

/** A silent worker is asked for an answer, and ended when none comes. Time in which the page itself was asleep does not count. */
function look(): void {
  const now = performance.now();
  const wasAsleep = now - lastLook > 5000;
  lastLook = now;
  if (listeners.size === 0 || !worker) {
    clearInterval(watch!);
    watch = null;
    return;
  }
  if (wasAsleep) lastHeard = now - ASK_AFTER;
  const silent = now - lastHeard;
  if (silent > PATIENCE) return fail({ kind: 'silent', message: '' });
  if (silent > PATIENCE_WHEN_CANCELLED && cancelled.size === listeners.size) return fail({ kind: 'silent', message: '' });
  if (silent >= ASK_AFTER) worker.postMessage({ type: 'ping' } satisfies ToWorker);
}

/** Ends the worker; the next run starts another one, with its own engine and models. */
function end(): void {
  stopWaiting?.abort();
  stopWaiting = null;
  worker?.terminate();
  worker = null;
  forgetModels?.();
  environment.value = null;
}

/** Ends the worker; every run fails with the reason. */
function fail(failure: Failure): void {
  end();
  for (const run of [...listeners.keys()]) {
    const wasCancelled = cancelled.has(run);
    forget(run)?.(wasCancelled ? { type: 'cancelled', run } : { type: 'error', run, failure });
  }
}
