// Runs kernels as plain loops on typed arrays, at once and on the calling thread. The cpu backend is slow and obvious: the
// reference that every other backend is tested against, and, with `precision: 'float64'`, the one that gradients are checked on.
//
// It watches its callers more closely than the contract asks: buffers that were freed, too short or of the wrong type are
// errors here, and fresh buffers are filled with NaN, so that nobody comes to rely on zeros.
import { checkOptions, type OptionNames } from '@kk/options';
import { planArena } from '../arena.js';
import type { PreparedPlan, CapturedStep } from '../plan.js';
import type { Backend, DType, MemoryUse, Storage, TypedArray } from '../backend.js';
import type { KernelName } from '../kernels.js';
import { checkBuffers } from './checks.js';
import { cpuKernels } from './kernels.js';

export interface CpuBackendOptions {
  /** Element type of all floating-point buffers; sums are taken in double precision either way. Default: 'float32'. */
  readonly precision?: 'float32' | 'float64';
}

const cpuBackendOptions: OptionNames<CpuBackendOptions> = { precision: 'optional' };

class CpuStorage implements Storage {
  /** Null once the buffer was freed. */
  data: TypedArray | null;

  constructor(readonly dtype: DType, readonly length: number, data: TypedArray) {
    this.data = data;
  }
}

/** What a new integer buffer holds: as an id or a position it is out of range everywhere. */
const UNWRITTEN_INTEGER = -(2 ** 31);

class CpuBackend implements Backend {
  readonly name = 'cpu';
  readonly synchronous = true;
  readonly description: string;
  readonly #live = new Set<CpuStorage>();
  #bytes = 0;
  #disposed = false;

  constructor(readonly floatType: 'float32' | 'float64') {
    this.description = `cpu: plain TypeScript loops, ${floatType}`;
  }

  /** With `floatType` float64, a float32 buffer is one of float64 too; its `dtype` says so. */
  allocate(dtype: DType, length: number): Storage {
    this.#assertUsable();
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new RangeError(`cpu: cannot allocate ${length} elements; expected a whole number of 0 or more.`);
    }
    if (dtype === 'float64' && this.floatType === 'float32') {
      throw new TypeError("cpu: this backend computes in float32; for float64 buffers create it with { precision: 'float64' }.");
    }
    const actual = this.#actualType(dtype);
    const storage = new CpuStorage(actual, length, newArray(actual, length));
    this.#live.add(storage);
    this.#bytes += bytesOf(storage);
    return storage;
  }

  free(storage: Storage): void {
    const own = this.#own(storage, 'free');
    own.data = null;
    this.#live.delete(own);
    this.#bytes -= bytesOf(own);
  }

  write(storage: Storage, data: ArrayLike<number>): void {
    const array = this.#arrayOf(storage, 'write');
    if (data.length > array.length) {
      throw new RangeError(`cpu: cannot write ${data.length} numbers to a buffer of ${array.length}; shorten the data or allocate more.`);
    }
    array.set(data);
  }

  async read(storage: Storage): Promise<TypedArray> {
    return this.readSync(storage);
  }

  readSync(storage: Storage): TypedArray {
    return this.#arrayOf(storage, 'read').slice();
  }

  run(kernel: KernelName, buffers: readonly (Storage | null)[], numbers: readonly number[]): void {
    const arrays = buffers.map((storage) => (storage === null ? null : this.#arrayOf(storage, kernel)));
    checkBuffers(kernel, arrays, numbers);
    // The table's type ties each name to its parameters; a call by name can only know the union of them.
    const implementation = cpuKernels[kernel] as (...values: (TypedArray | number | null)[]) => void;
    implementation(...arrays, ...numbers);
  }

  /** The arena is one ArrayBuffer; each transient buffer is a view on its part of it. */
  prepare({ commands, transients }: CapturedStep): PreparedPlan {
    this.#assertUsable();
    const { offsets, bytes } = planArena(transients, ({ dtype }) => (this.#actualType(dtype) === 'float64' ? 8 : 4));
    const arena = new ArrayBuffer(bytes);
    const views = new Map<Storage, CpuStorage>();
    for (const [planned, offset] of offsets) {
      const actual = this.#actualType(planned.dtype);
      const data = actual === 'int32' ? new Int32Array(arena, offset, planned.length) : actual === 'float64' ? new Float64Array(arena, offset, planned.length) : new Float32Array(arena, offset, planned.length);
      const view = new CpuStorage(actual, planned.length, data);
      views.set(planned, view);
      this.#live.add(view);
    }
    const resolved = commands.map(({ kernel, buffers, numbers }) => ({ kernel, numbers, buffers: buffers.map((buffer) => (buffer && views.get(buffer)) ?? buffer) }));
    this.#bytes += bytes;
    return {
      arenaBytes: bytes,
      run: () => {
        for (const { kernel, buffers, numbers } of resolved) this.run(kernel, buffers, numbers);
      },
      dispose: () => {
        for (const view of views.values()) {
          view.data = null;
          this.#live.delete(view);
        }
        this.#bytes -= bytes;
      },
    };
  }

  memory(): MemoryUse {
    return { bytes: this.#bytes, buffers: this.#live.size, reservedBytes: this.#bytes };
  }

  dispose(): void {
    for (const storage of this.#live) storage.data = null;
    this.#live.clear();
    this.#bytes = 0;
    this.#disposed = true;
  }

  /** With `floatType` float64, every floating-point buffer is one of float64. */
  #actualType(dtype: DType): DType {
    return dtype === 'int32' ? dtype : this.floatType;
  }

  #assertUsable(): void {
    if (this.#disposed) throw new Error('cpu: this backend was disposed; create a new one with createCpuBackend().');
  }

  /** The storage as one of ours that is still allocated; `purpose` says what it was wanted for. */
  #own(storage: Storage, purpose: string): CpuStorage {
    this.#assertUsable();
    if (storage instanceof CpuStorage && this.#live.has(storage)) return storage;
    if (storage instanceof CpuStorage && storage.data === null) {
      const mistake = purpose === 'free' ? 'free a buffer that was freed before' : `use a freed buffer (${purpose})`;
      throw new Error(`cpu: cannot ${mistake}: ${storage.length} x ${storage.dtype}. Free a buffer once, after its last use.`);
    }
    throw new TypeError(`cpu: cannot use a buffer of another backend (${purpose}). Read it there and write it here.`);
  }

  #arrayOf(storage: Storage, purpose: string): TypedArray {
    return this.#own(storage, purpose).data as TypedArray;
  }
}

function bytesOf(storage: Storage): number {
  return storage.length * (storage.dtype === 'float64' ? 8 : 4);
}

function newArray(dtype: DType, length: number): TypedArray {
  try {
    if (dtype === 'int32') return new Int32Array(length).fill(UNWRITTEN_INTEGER);
    return dtype === 'float64' ? new Float64Array(length).fill(NaN) : new Float32Array(length).fill(NaN);
  } catch (cause) {
    throw new RangeError(`cpu: no memory for a buffer of ${length} x ${dtype}; use smaller sizes or free buffers first.`, { cause });
  }
}

/** A cpu backend of its own: its buffers cannot be used by another one. */
export function createCpuBackend(options: CpuBackendOptions = {}): Backend {
  checkOptions('createCpuBackend', options, cpuBackendOptions);
  const { precision = 'float32' } = options;
  if (precision !== 'float32' && precision !== 'float64') {
    throw new TypeError(`createCpuBackend: precision is ${JSON.stringify(precision)}; expected 'float32' or 'float64'.`);
  }
  return new CpuBackend(precision);
}
