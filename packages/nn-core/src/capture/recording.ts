// What a captured step consists of: commands, the buffers that live only within it, and those it leaves behind.
//
// `RecordingBackend` stands in for the real backend while the step's function runs once: it computes nothing and writes
// down what would have been run.
import type { Backend, DType, MemoryUse, Storage, TypedArray } from '../backends/backend.js';
import type { KernelName } from '../backends/kernels.js';

/** A buffer that was asked for while recording; it gets its place when the plan is made. */
export class PlannedStorage implements Storage {
  /** Numbers that were written into it while recording: a constant of the step. */
  constant: ArrayLike<number> | null = null;

  constructor(
    readonly dtype: DType,
    readonly length: number,
  ) {}
}

/** One kernel to run; planned buffers stand beside real ones. */
export interface Command {
  readonly kernel: KernelName;
  readonly buffers: readonly (Storage | null)[];
  readonly numbers: readonly number[];
}

/** A planned buffer that nobody needs before command `first` or after command `last`. */
export interface Transient {
  readonly storage: PlannedStorage;
  readonly first: number;
  readonly last: number;
}

/** Commands whose planned buffers have all been given their lifetimes: what a backend turns into a plan. */
export interface Recording {
  readonly commands: readonly Command[];
  readonly transients: readonly Transient[];
}

/** A recording that a backend has prepared: run it as often as needed. */
export interface PreparedPlan {
  /** Runs all commands once. Allocates nothing. */
  run(): void;
  /** Bytes that all transient buffers share. */
  readonly arenaBytes: number;
  dispose(): void;
}

export class RecordingBackend implements Backend {
  readonly name;
  readonly description;
  readonly synchronous = false;
  readonly floatType;
  readonly commands: Command[] = [];
  readonly planned = new Set<PlannedStorage>();

  readonly #real: Backend;

  constructor(real: Backend) {
    this.#real = real;
    this.name = real.name;
    this.description = `${real.description}, recording`;
    this.floatType = real.floatType;
  }

  allocate(dtype: DType, length: number): Storage {
    const storage = new PlannedStorage(dtype, length);
    this.planned.add(storage);
    return storage;
  }

  /** Lifetimes come from the commands; a real buffer is freed for real, as outside. */
  free(storage: Storage): void {
    if (!this.planned.has(storage as PlannedStorage)) this.#real.free(storage);
  }

  write(storage: Storage, data: ArrayLike<number>): void {
    if (!(storage instanceof PlannedStorage)) {
      throw new Error('A captured step cannot set() a tensor from outside: this would happen once, while capturing, and not at each replay. Set it before replay().');
    }
    storage.constant = Array.from(data);
  }

  read(): Promise<TypedArray> {
    return Promise.reject(new Error('A captured step has no values while it is captured: return the tensor and read it after replay().'));
  }

  readSync(): TypedArray {
    throw new Error('A captured step has no values while it is captured: return the tensor and read it after replay().');
  }

  run(kernel: KernelName, buffers: readonly (Storage | null)[], numbers: readonly number[]): void {
    this.commands.push({ kernel, buffers: [...buffers], numbers: [...numbers] });
  }

  prepare(): PreparedPlan {
    throw new Error('A step cannot be captured while another is.');
  }

  memory(): MemoryUse {
    return this.#real.memory();
  }

  dispose(): void {
    throw new Error('The engine cannot be disposed while a step is captured.');
  }
}
