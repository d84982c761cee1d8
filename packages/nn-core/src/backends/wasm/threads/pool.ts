// Runs a command list on the main thread and its workers: each does its share of every command.
import type { BlasPlace } from '../blas/bind.js';
import type { KernelFunction } from '../instance.js';
import { encodeCommands, renewViews, resetTickets, runCommands, type EncodedCommand, type Walker } from './command-list.js';
import { Control } from './control.js';
import { allReady } from './ready.js';
import { spawnWorker, type WorkerHandle } from './spawn.js';

/** Milliseconds. A thread that finishes no command for this long is taken for dead. */
export const PATIENCE = 30_000;
/** The same for one that has not started yet: its code is loaded then, which takes long where all processors are busy. */
const PATIENCE_AT_START = 2 * PATIENCE;

export interface ThreadPoolOptions {
  readonly module: WebAssembly.Module;
  /** Shared. */
  readonly memory: WebAssembly.Memory;
  /** The main thread's own kernels, and their names in the same order for the workers. */
  readonly kernels: readonly KernelFunction[];
  readonly kernelNames: readonly string[];
  /** `controlBytes(threads)` bytes, a multiple of 64. */
  readonly controlAddress: number;
  /** MAILBOX_BYTES bytes, a multiple of 64. */
  readonly mailboxAddress: number;
  /** For what all threads share; the main thread's instance knows it already. */
  readonly commonScratchAddress: number;
  readonly commonScratchBytes: number;
  /** One place of `scratchBytes` for each worker; there is one thread more than workers. */
  readonly scratchAddresses: readonly number[];
  readonly scratchBytes: number;
  /** What multiplies large matrices; null: the kernels. */
  readonly blas?: BlasPlace | null;
  /** Milliseconds; default PATIENCE. */
  readonly patience?: number;
}

/** Room for one command outside a plan, and its second step, with their tickets. */
export const MAILBOX_BYTES = 64 * 8 + 64;

export class ThreadPool {
  #broken: Error | null = null;
  readonly #walker: Walker;
  /** Workers and the main thread. */
  readonly threads: number;

  readonly #memory: WebAssembly.Memory;
  readonly #control: Control;
  readonly #workers: readonly WorkerHandle[];
  readonly #mailbox: number;

  private constructor(
    memory: WebAssembly.Memory,
    kernels: readonly KernelFunction[],
    control: Control,
    workers: readonly WorkerHandle[],
    mailbox: number,
  ) {
    this.#memory = memory;
    this.#control = control;
    this.#workers = workers;
    this.#mailbox = mailbox;
    this.threads = workers.length + 1;
    this.#walker = {
      list: new Float64Array(memory.buffer),
      cells: new Int32Array(memory.buffer),
      kernels,
      part: 0,
      parts: this.threads,
      barrier: () => control.barrier(),
      progress: () => control.progress(),
    };
  }

  /** @throws Error when a worker cannot be started */
  static async create(options: ThreadPoolOptions): Promise<ThreadPool> {
    const { module, memory, kernels, kernelNames, controlAddress, mailboxAddress, scratchAddresses, scratchBytes, commonScratchAddress, commonScratchBytes, blas = null, patience = PATIENCE } = options;
    const parts = scratchAddresses.length + 1;
    const control = new Control(memory, controlAddress, 0, parts, patience);
    control.reset();
    const workers = scratchAddresses.map((scratchAddress, i) =>
      spawnWorker({ module, memory, kernelNames, controlAddress, scratchAddress, scratchBytes, commonScratchAddress, commonScratchBytes, blas, part: i + 1, parts, patience }),
    );
    try {
      await allReady(workers, PATIENCE_AT_START);
    } catch (cause) {
      for (const worker of workers) worker.terminate();
      throw new Error(`wasm: a worker thread could not be started (${(cause as Error).message}): use init('wasm', { threads: 1 }).`, { cause });
    }
    return new ThreadPool(memory, kernels, control, workers, mailboxAddress);
  }

  /** Writes commands to `address`, a multiple of 8 with room for `listBytes(commands)`. */
  write(commands: readonly EncodedCommand[], address: number): void {
    renewViews(this.#walker, this.#memory);
    this.#walker.list.set(encodeCommands(commands, address), address / 8);
  }

  /** Runs the list at `address` on all threads and returns when all are done. */
  run(address: number): void {
    const dead = this.#workers.find(({ failure }) => failure());
    if (dead) this.#broken ??= new Error(`wasm: ${dead.failure()!.message}: the engine can no longer be used; make a new one with init().`);
    if (this.#broken) throw this.#broken;
    const control = this.#control;
    const walker = this.#walker;
    renewViews(walker, this.#memory);
    resetTickets(walker, address / 8);
    control.startJob(address / 8);
    try {
      runCommands(walker, address / 8);
      control.barrier();
    } catch (error) {
      control.fail();
      this.#broken = error as Error;
      for (const worker of this.#workers) worker.terminate();
      throw error;
    }
  }

  /** Runs one command at once; `shares` as in a list. */
  runOne(kernel: number, finish: number | undefined, shares: number, values: readonly number[]): void {
    const commands = [{ kernel, barrier: false, shares, values }];
    if (finish !== undefined) commands.push({ kernel: finish, barrier: true, shares, values });
    this.write(commands, this.#mailbox);
    this.run(this.#mailbox);
  }

  /** Ends all workers, so that nothing keeps the process alive. */
  dispose(): void {
    if (!this.#broken) this.#control.startExit();
    this.#broken = new Error('wasm: this backend was disposed; create a new one with createWasmBackend().');
  }
}
