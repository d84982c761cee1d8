// The page's side of the worker: starts it on first use, delivers its messages, and notices when it has died.
import { shallowRef } from 'vue';
import type { Environment, Failure, FromWorker, InputOf, JobName, ToWorker } from './protocol.js';

/** What a run hears from the worker. */
export type Listener = (message: Exclude<FromWorker, { type: 'environment' | 'pong' }>) => void;

/** How long the worker may be silent while it has something to do, in milliseconds. */
const PATIENCE = 20_000;

/** What the worker computes with, once its engine has started. */
export const environment = shallowRef<Environment | null>(null);

let worker: Worker | null = null;
let lastRun = 0;
let lastHeard = 0;
let watch: ReturnType<typeof setInterval> | null = null;
const listeners = new Map<number, Listener>();

/** Starts a job; its listener hears everything about it, to the end. */
export function startRun<Name extends JobName>(job: Name, input: InputOf<Name>, listener: Listener, paused = false): number {
  const run = ++lastRun;
  listeners.set(run, listener);
  post({ type: 'start', run, job, input, paused });
  return run;
}

/** Pauses, resumes, advances or cancels a run. */
export function control(type: 'pause' | 'resume' | 'step' | 'cancel', run: number): void {
  if (listeners.has(run)) post({ type, run });
}

function post(message: ToWorker): void {
  worker ??= startWorker();
  if (watch === null) {
    lastHeard = performance.now();
    watch = setInterval(look, 1000);
  }
  worker.postMessage(message);
}

function startWorker(): Worker {
  const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'lab' });
  started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    lastHeard = performance.now();
    if (data.type === 'environment') environment.value = data.environment;
    else if (data.type !== 'pong') {
      const listener = listeners.get(data.run);
      if (data.type === 'done' || data.type === 'error' || data.type === 'cancelled') listeners.delete(data.run);
      listener?.(data);
    }
  };
  started.onerror = (event) => {
    event.preventDefault();
    stop({ kind: /memory/i.test(event.message) ? 'memory' : 'worker', message: event.message || 'the worker ended' });
  };
  return started;
}

/** A silent worker is asked for an answer, and ended when none comes. Time in which the page was asleep does not count. */
function look(): void {
  if (listeners.size === 0) {
    clearInterval(watch!);
    watch = null;
    return;
  }
  const silent = performance.now() - lastHeard;
  if (silent > PATIENCE + 5000) lastHeard = performance.now() - 2000; // this timer itself did not run: ask first
  else if (silent > PATIENCE) return stop({ kind: 'worker', message: `no answer for ${Math.round(silent / 1000)} seconds` });
  if (silent > 2000) worker?.postMessage({ type: 'ping' } satisfies ToWorker);
}

/** Ends the worker; every run fails with the reason, and the next one starts another worker. */
function stop(failure: Failure): void {
  worker?.terminate();
  worker = null;
  environment.value = null;
  for (const [run, listener] of [...listeners]) {
    listeners.delete(run);
    listener({ type: 'error', run, failure });
  }
}
