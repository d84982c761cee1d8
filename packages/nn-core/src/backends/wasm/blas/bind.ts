// Calls a BLAS library through the npm package koffi on the memory of the kernels, without a copy: in the main thread and in workers alike.
import { callIfThere, type Library } from './call.js';
import { useOneThread } from './one-thread.js';

/** What a thread needs to know to call the library; workers are sent it. */
export interface BlasPlace {
  /** The file of koffi. */
  readonly koffi: string;
  /** The library: a name that the system finds, or a path. */
  readonly library: string;
}

/** The parts of koffi that are used here. */
export interface Koffi {
  load(library: string): Library;
  address(pointer: unknown): bigint;
  readonly decode: { string(address: bigint): string };
}

/**
 * Y = alpha op(A) op(B) + beta Y in float32, with addresses as numbers: order, transposeA, transposeB, rows, columns, inner, alpha, a, row length of a, b, row
 * length of b, beta, y, row length of y. See https://www.netlib.org/blas/#_cblas.
 */
export type Sgemm = (order: number, transposeA: number, transposeB: number, rows: number, columns: number, inner: number, alpha: number, a: number, aLength: number, b: number, bLength: number, beta: number, y: number, yLength: number) => void;

export const ROW_MAJOR = 101;
export const AS_IT_IS = 111;
export const TRANSPOSED = 112;

/** The kernels of OpenBLAS that have small products of their own, since its version 0.3.17: those with vectors of 512 bits. */
const READ_IN_PLACE: ReadonlySet<unknown> = new Set(['SkylakeX', 'Cooperlake', 'SapphireRapids']);

export interface BoundBlas {
  readonly sgemm: Sgemm;
  /** Whether it multiplies a few rows with a matrix where that lies, without packing it first. */
  readonly readsInPlace: boolean;
  /** Where the memory begins in the address space of the process. */
  readonly baseOf: (memory: WebAssembly.Memory) => number;
}

/**
 * Also sets the library to one thread, so each thread that calls it must bind it.
 * @throws Error when the library cannot be loaded, or has no such functions
 */
export function bindBlas(koffi: Koffi, library: string): BoundBlas {
  const { process } = globalThis as { process?: { readonly platform: string } };
  const loaded = koffi.load(library);
  const sgemm = loaded.func('void cblas_sgemm(int order, int ta, int tb, int m, int n, int k, float alpha, size_t a, int lda, size_t b, int ldb, float beta, size_t c, int ldc)') as Sgemm;
  useOneThread(loaded);
  // A function that returns the pointer that it is given tells where a typed array lies.
  const memmove = koffi.load(SYSTEM_LIBRARIES[process?.platform ?? ''] ?? SYSTEM_LIBRARIES.linux!).func('void *memmove(void *to, void *from, size_t count)') as (to: Uint8Array, from: Uint8Array, count: number) => unknown;
  return {
    sgemm,
    readsInPlace: READ_IN_PLACE.has(callIfThere(loaded, 'const char *openblas_get_corename()')),
    baseOf({ buffer }) {
      const bytes = new Uint8Array(buffer);
      const base = Number(koffi.address(memmove(bytes, bytes, 0)));
      if (!Number.isSafeInteger(base)) throw new Error(`wasm: the memory lies at ${base}, which a number cannot say exactly: leave \`blas\` out.`);
      return base;
    },
  };
}

/** Where each system has the functions of C. */
export const SYSTEM_LIBRARIES: Readonly<Record<string, string>> = { darwin: 'libSystem.dylib', linux: 'libc.so.6', win32: 'msvcrt.dll' };
