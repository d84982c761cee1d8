// Declares what a backend is: memory, and kernels that run on it by name. Nothing else.
//
// A backend knows no tensors, no shapes and no gradients. It allocates flat buffers, moves numbers in and out,
// and runs the kernels that `kernels.ts` lists. Backends share no code and never see each other's buffers.
// Commands take effect in the order in which they were issued; whether they have finished when `run` returns is
// the backend's own business (`synchronous`), which is why results are read with `await`.
import type { PreparedPlan, CapturedStep } from './plan.js';
import type { KernelName } from './kernels.js';

/** Element types of buffers. `float64` exists on the cpu backend alone, for checks against finite differences. */
export type DType = 'float32' | 'float64' | 'int32';

export type TypedArray = Float32Array | Float64Array | Int32Array;

/** A flat buffer that belongs to one backend; opaque to everybody else. */
export interface Storage {
  readonly dtype: DType;
  /** Number of elements. */
  readonly length: number;
}

export interface MemoryUse {
  /** Bytes in buffers that are allocated now. */
  readonly bytes: number;
  /** Number of buffers that are allocated now. */
  readonly buffers: number;
  /** Bytes that the backend holds from the system, free buffers included. */
  readonly reservedBytes: number;
}

/** What a machine can do at most, all threads together; `measurePeak` measures it. */
export interface MachinePeak {
  /** 10^9 floating-point operations a second, a multiply-add being two. */
  readonly gigaflops: number;
  /** 10^9 bytes a second, read from memory beyond the caches of one core. */
  readonly gigabytesPerSecond: number;
  readonly threads: number;
}

/** A BLAS library that multiplies large matrices. */
export interface BlasFacts {
  /** With its version: `OpenBLAS 0.3.21`. */
  readonly name: string;
  /** The kernel that it chose for this processor, such as `SkylakeX`; null where it does not say. */
  readonly kernel: string | null;
  /** The path of its file; where the system does not tell, the name by which it was loaded. */
  readonly file: string;
}

export interface Backend {
  readonly name: 'cpu' | 'wasm' | 'gpu';
  /** One line for people: what really runs, for example `wasm: SIMD with relaxed FMA, 1 thread`. */
  readonly description: string;
  /** Of `wasm` with the option `blas`: the library, or in words why there is none and what to do. */
  readonly blas?: BlasFacts | { readonly missing: string };
  /** True when `readSync` works. */
  readonly synchronous: boolean;
  /** The element type of its floating-point buffers. */
  readonly floatType: 'float32' | 'float64';

  /** A new buffer with undefined contents. Throws a RangeError that names the size when there is no memory. */
  allocate(dtype: DType, length: number): Storage;
  /** Gives the buffer back. Using it afterwards is an error that the backend need not detect. */
  free(storage: Storage): void;
  /** Copies `data` into the buffer, from element 0 on; `data` may be shorter than the buffer. */
  write(storage: Storage, data: ArrayLike<number>): void;
  /** A copy of the buffer's contents after all commands so far. */
  read(storage: Storage): Promise<TypedArray>;
  /** The same at once; throws on a backend that is not `synchronous`. */
  readSync(storage: Storage): TypedArray;
  /**
   * Runs a kernel. `buffers` and `numbers` come in the order of the kernel's signature in `kernels.ts`:
   * inputs, then updates, then outputs; an optional buffer that is absent is null.
   */
  run(kernel: KernelName, buffers: readonly (Storage | null)[], numbers: readonly number[]): void;
  /** Makes a captured step ready for repetition: places its transient buffers in one arena, resolves everything that can be. */
  prepare(step: CapturedStep): PreparedPlan;
  memory(): MemoryUse;
  /** Measures the machine in about 0.3 seconds, reading about that many bytes; absent where this says nothing. */
  measurePeak?(readBytes: number): MachinePeak;
  /** Frees everything, workers included. */
  dispose(): void;
}
