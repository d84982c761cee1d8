// Stands in for the real backend while the function of a captured step runs once: it computes nothing and writes down what
// would have been run.
import type { Backend, DType, MemoryUse, Storage, TypedArray } from '../backends/backend.js';
import type { KernelName } from '../backends/kernels.js';
import { PlannedStorage, type Command, type PreparedPlan } from '../backends/plan.js';

export class CapturingBackend implements Backend {
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
    this.description = `${real.description}, capturing`;
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
