/**
 * What runs in a worker thread: an instance of the kernels on the shared memory that does its share of every job.
 *
 * Bundled into a string by scripts/build-kernels.mjs, so that it needs no file of its own in any bundler.
 */
import { runCommands } from './command-list.js';
import { Control } from './control.js';
import type { KernelFunction } from '../instance.js';

export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernelNames: readonly string[];
  readonly controlAddress: number;
  readonly scratchAddress: number;
  readonly scratchBytes: number;
  readonly part: number;
  readonly parts: number;
  readonly patience: number;
}

declare const require: ((name: string) => { workerData: WorkerStart; parentPort: { postMessage(message: unknown): void } }) | undefined;

function serve(start: WorkerStart, answer: (message: unknown) => void): void {
  const { memory, part, parts } = start;
  const { exports } = new WebAssembly.Instance(start.module, { env: { memory } });
  (exports.setScratch as KernelFunction)(start.scratchAddress, start.scratchBytes);
  const kernels = start.kernelNames.map((name) => exports[name] as KernelFunction);
  const control = new Control(memory, start.controlAddress, part, parts, start.patience);
  const barrier = (): void => control.barrier();
  const progress = (): void => control.progress();
  let list = new Float64Array(memory.buffer);
  answer('ready');
  for (let seen = 0; ; ) {
    const job = control.nextJob(seen);
    if (!job) return;
    seen = job.number;
    if (list.buffer !== memory.buffer) list = new Float64Array(memory.buffer);
    try {
      runCommands(list, job.start, kernels, part, parts, barrier, progress);
      barrier();
    } catch (error) {
      control.fail();
      throw error;
    }
  }
}

if (typeof require === 'function') {
  const { workerData, parentPort } = require('node:worker_threads');
  serve(workerData, (message) => parentPort.postMessage(message));
} else {
  const scope = globalThis as unknown as { onmessage: ((event: { data: WorkerStart }) => void) | null; postMessage(message: unknown): void };
  scope.onmessage = ({ data }) => serve(data, (message) => scope.postMessage(message));
}
