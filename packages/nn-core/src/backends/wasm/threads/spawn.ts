// Starts a worker thread from its source text, in Node and in browsers.
import { workerSource } from '../generated/worker.js';
import type { WorkerStart } from './worker.js';

export interface WorkerHandle {
  /** Resolves when the worker waits for jobs; rejects when it could not start. */
  readonly ready: Promise<void>;
  /** What ended the worker, once it has ended without being asked to. */
  readonly failure: () => Error | null;
  terminate(): void;
}

/** The parts of Node's worker that are used here. */
interface NodeWorker {
  on(event: 'message', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'exit', listener: (code: number) => void): void;
  unref(): void;
  terminate(): Promise<number>;
}

interface NodeWorkerOptions {
  readonly eval: true;
  readonly workerData: WorkerStart;
  readonly execArgv: readonly string[];
}

interface NodeProcess {
  readonly versions?: { readonly node?: string };
  getBuiltinModule?(name: 'node:os'): { availableParallelism(): number };
  getBuiltinModule?(name: 'node:worker_threads'): { Worker: new (source: string, options: NodeWorkerOptions) => NodeWorker };
}

export function spawnWorker(start: WorkerStart): WorkerHandle {
  const { process } = globalThis as { process?: NodeProcess };
  const threads = process?.versions?.node ? process.getBuiltinModule?.('node:worker_threads') : undefined;
  return threads ? spawnInNode(threads.Worker, start) : spawnInBrowser(start);
}

/** Why there can be no more than one thread here, in words that stand behind a comma or in brackets; undefined where workers can share memory with this thread, and it may wait for them. */
export function whyOneThread(): string | undefined {
  const { process, crossOriginIsolated, document, Worker } = globalThis as { process?: NodeProcess; crossOriginIsolated?: boolean; document?: unknown; Worker?: unknown };
  if (process?.versions?.node) return typeof process.getBuiltinModule === 'function' ? undefined : 'Node before 20.16';
  if (crossOriginIsolated !== true || typeof SharedArrayBuffer === 'undefined') return 'the page is not cross-origin isolated';
  // A page's own thread may not wait; a worker may. Shared workers and service workers can make no workers of their own.
  if (document !== undefined) return "the page's own thread may not wait for others, a Worker may";
  return Worker === undefined ? 'this kind of worker starts no others' : undefined;
}

/** More threads than this gain nothing on models of our size. */
export const MOST_THREADS = 64;
const MOST_THREADS_BY_DEFAULT = 8;

/** As many threads as the machine runs at once, at most 8; 1 where threads cannot be used. */
export function defaultThreads(): number {
  if (whyOneThread() !== undefined) return 1;
  const { process, navigator } = globalThis as { process?: NodeProcess; navigator?: { hardwareConcurrency?: number } };
  const available = process?.getBuiltinModule?.('node:os').availableParallelism() ?? navigator?.hardwareConcurrency ?? 1;
  return Math.max(1, Math.min(MOST_THREADS_BY_DEFAULT, available));
}

function spawnInNode(Worker: new (source: string, options: NodeWorkerOptions) => NodeWorker, start: WorkerStart): WorkerHandle {
  const worker = new Worker(workerSource, { eval: true, workerData: start, execArgv: [] }); // options of the process, such as --input-type, are not for it
  let failure: Error | null = null;
  let asked = false;
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', () => {
      worker.unref(); // from now on, an idle engine does not keep the process alive
      resolve();
    });
    worker.on('error', (error) => reject((failure = error)));
    worker.on('exit', (code) => {
      if (!asked) failure ??= new Error(`a worker thread ended with code ${code}`);
      reject(failure ?? new Error('a worker thread ended before it was ready'));
    });
  });
  return {
    ready,
    failure: () => failure,
    terminate: () => {
      asked = true;
      void worker.terminate();
    },
  };
}

/**
 * The program is a CommonJS module that ends when its handler of messages does. A browser knows no `module`, and its workers
 * go on listening until they are closed.
 */
const browserSource = `"use strict";const module={};${workerSource}
{const serve=onmessage;onmessage=(event)=>{serve(event);close()}}`;

function spawnInBrowser(start: WorkerStart): WorkerHandle {
  const url = URL.createObjectURL(new Blob([browserSource], { type: 'text/javascript' }));
  const worker = new Worker(url);
  let failure: Error | null = null;
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => {
      URL.revokeObjectURL(url);
      resolve();
    };
    worker.onerror = (event) => {
      event.preventDefault(); // it surfaces here, and not as an error of the page besides
      URL.revokeObjectURL(url);
      reject((failure = new Error(event.message || 'a worker thread failed')));
    };
  });
  worker.postMessage(start);
  return { ready, failure: () => failure, terminate: () => worker.terminate() };
}
