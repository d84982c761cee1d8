// Runs in a worker thread: an instance of the kernels on the shared memory does its share of every job.
//
// Bundled into a string by scripts/build-kernels.mjs, so that it needs no file of its own in any bundler.
import { bindBlas, type BlasPlace, type Koffi } from '../blas/bind.js';
import { withBlas } from '../blas/product.js';
import { renewViews, runCommands, type Walker } from './command-list.js';
import { Control } from './control.js';
import type { KernelFunction } from '../instance.js';

export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly kernelNames: readonly string[];
  readonly controlAddress: number;
  readonly scratchAddress: number;
  readonly scratchBytes: number;
  readonly commonScratchAddress: number;
  readonly commonScratchBytes: number;
  readonly blas: BlasPlace | null;
  readonly part: number;
  readonly parts: number;
  readonly patience: number;
}

declare const require: ((name: string) => unknown) | undefined;

function serve(start: WorkerStart, answer: (message: unknown) => void): void {
  const { memory, part, parts } = start;
  const { exports } = new WebAssembly.Instance(start.module, { env: { memory } });
  (exports.setScratch as KernelFunction)(start.scratchAddress, start.scratchBytes);
  (exports.setCommonScratch as KernelFunction)(start.commonScratchAddress, start.commonScratchBytes);
  const own = (name: string): KernelFunction => exports[name] as KernelFunction;
  const { blas } = start;
  const kernels = start.kernelNames.map(blas ? (withBlas(own, memory, bindBlas(require!(blas.koffi) as Koffi, blas.library)) as typeof own) : own);
  const control = new Control(memory, start.controlAddress, part, parts, start.patience);
  const walker: Walker = {
    list: new Float64Array(memory.buffer),
    cells: new Int32Array(memory.buffer),
    kernels,
    part,
    parts,
    barrier: () => control.barrier(),
    progress: () => control.progress(),
  };
  answer('ready');
  for (let seen = 0; ; ) {
    const job = control.nextJob(seen);
    if (!job) return;
    seen = job.number;
    renewViews(walker, memory);
    try {
      runCommands(walker, job.start);
      control.barrier();
    } catch (error) {
      control.fail();
      throw error;
    }
  }
}

if (typeof require === 'function') {
  const { workerData, parentPort } = require('node:worker_threads') as { workerData: WorkerStart; parentPort: { postMessage(message: unknown): void } };
  serve(workerData, (message) => parentPort.postMessage(message));
} else {
  const scope = globalThis as unknown as { onmessage: ((event: { data: WorkerStart }) => void) | null; postMessage(message: unknown): void };
  scope.onmessage = ({ data }) => serve(data, (message) => scope.postMessage(message));
}
