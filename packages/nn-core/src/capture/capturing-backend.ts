// Stands in for the real backend while the function of a captured step runs once: it computes nothing and writes down what
// would have been run.
import type { Backend, DType, MemoryUse, Storage, TypedArray } from '../backends/backend.js';
import { kernelBuffers, type KernelName } from '../backends/kernels.js';
import { PlannedStorage, type Command, type PreparedPlan } from '../backends/plan.js';

export class CapturingBackend implements Backend {
  readonly name;
  readonly description;
  readonly synchronous = false;
  readonly floatType;
  readonly #commands: Command[] = [];
  /** Buffers that hold numbers from the step's function. */
  readonly #constants = new Set<PlannedStorage>();
  /** Buffers that a command reads or writes. */
  readonly #touched = new Set<Storage>();

  readonly #real: Backend;

  constructor(real: Backend) {
    this.#real = real;
    this.name = real.name;
    this.description = `${real.description}, capturing`;
    this.floatType = real.floatType;
  }

  allocate(dtype: DType, length: number): Storage {
    return new PlannedStorage(dtype, length);
  }

  /** Does nothing: lifetimes come from the commands. */
  free(): void {}

  write(storage: Storage, data: ArrayLike<number>): void {
    if (!(storage instanceof PlannedStorage)) {
      throw new Error('A captured step cannot set() a tensor from outside: this would happen once, while capturing, and not at each replay. Set it before replay().');
    }
    if (this.#touched.has(storage)) {
      throw new Error(
        'A captured step can set() a tensor that it made only before the first operation on it: numbers are written once, before the first replay, and not between two operations. ' +
          'Make another tensor with engine.tensor() there, or one outside and set it before replay().',
      );
    }
    storage.constant = Array.from(data);
    this.#constants.add(storage);
  }

  read(): Promise<TypedArray> {
    return Promise.reject(new Error('A captured step has no values while it is captured: return the tensor and read it after replay().'));
  }

  readSync(): TypedArray {
    throw new Error('A captured step has no values while it is captured: return the tensor and read it after replay().');
  }

  run(kernel: KernelName, buffers: readonly (Storage | null)[], numbers: readonly number[]): void {
    for (const buffer of buffers) if (buffer) this.#touched.add(buffer);
    this.#commands.push({ kernel, buffers: [...buffers], numbers: [...numbers] });
  }

  /**
   * The commands of one replay, and its constants. A constant that a command overwrites is first copied from one that stays,
   * so that each replay finds the same.
   */
  finish(): { commands: readonly Command[]; constants: readonly PlannedStorage[] } {
    const overwritten = new Set<Storage | null>();
    for (const { kernel, buffers } of this.#commands) {
      kernelBuffers(kernel).forEach(({ role }, i) => role === 'input' || overwritten.add(buffers[i]!));
    }
    const copies: Command[] = [];
    const constants = [...this.#constants].map((storage) => {
      if (!overwritten.has(storage)) return storage;
      const original = new PlannedStorage(storage.dtype, storage.length);
      original.constant = storage.constant;
      storage.constant = null;
      copies.push({ kernel: 'copy', buffers: [original, storage], numbers: [storage.length] });
      return original;
    });
    return { commands: [...copies, ...this.#commands], constants };
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
