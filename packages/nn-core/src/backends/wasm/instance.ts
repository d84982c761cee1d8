// Makes a WebAssembly instance of the kernels: compiles the binary, and manages its memory, scratch memory included.
import { BLOCK_ALIGNMENT } from './allocator.js';
import { binaries } from './generated/kernels.js';
import { unpack } from './unpack.js';
import { withSharedMemory } from './threads/shared-memory.js';

export const PAGE_BYTES = 65_536;
/** The last page is never handed out: addresses just behind a buffer must not wrap round to 0. */
const MOST_PAGES = 65_536;
const MOST_BYTES = (MOST_PAGES - 1) * PAGE_BYTES;
/** What is tried when nobody says how much memory there may be: a phone's browser does not promise 4 GiB. */
const DEFAULT_MAXIMA = [MOST_BYTES, 2 ** 31, 2 ** 30];
/** What every kernel may count on. */
const SMALLEST_SCRATCH = 65_536;
/** What threads share beyond that: the packed right side of a matrix product, such as 768 x 3072 and half as much again. */
const COMMON_SCRATCH = 14 * 2 ** 20;
/** Where memory is scarce, that is at most this part of all. */
const COMMON_SHARE = 1 / 16;
/** Memory grows by at least this much, or by an eighth of what is there. */
const GROWTH_BYTES = 16 * 2 ** 20;

export type KernelFunction = (...values: number[]) => void;

export interface KernelInstance {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** What every thread needs for itself, in bytes. */
  readonly scratchBytes: number;
  /** Where the block lies that all threads share, a multiple of 64; of 0 bytes without shared memory. */
  readonly commonScratchAddress: number;
  readonly commonScratchBytes: number;
  /** The exported kernel of that name, or undefined. */
  kernel(name: string): KernelFunction | undefined;
  /** First byte that belongs to nobody yet, a multiple of 64. */
  readonly start: number;
  /** Makes the memory reach to `end` if it can; returns where it ends now, in bytes. */
  grow(end: number): number;
  /** Bytes that the memory may grow to. */
  readonly maximumBytes: number;
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

/** The compiled kernels; compiled once however many backends there are. With `sharedPages`, for a shared memory of that maximum. */
function compileKernels(relaxed: boolean, sharedPages: number | null): Promise<WebAssembly.Module> {
  const key = `${relaxed} ${sharedPages}`;
  let compiled = modules.get(key);
  if (!compiled) {
    compiled = unpack(binaries, relaxed ? 'relaxedSimd' : 'simd').then((binary) => WebAssembly.compile(sharedPages === null ? binary : withSharedMemory(binary, sharedPages)));
    modules.set(key, compiled);
    compiled.catch(() => modules.delete(key)); // the next backend tries again: memory may have been short
  }
  return compiled;
}

function createMemory(maximumBytes: number | undefined, shared: boolean): { memory: WebAssembly.Memory; maximumBytes: number } {
  const maxima = maximumBytes === undefined ? DEFAULT_MAXIMA : [Math.min(maximumBytes, MOST_BYTES)];
  let problem: unknown;
  for (const bytes of maxima) {
    try {
      return { memory: new WebAssembly.Memory({ initial: 1, maximum: Math.ceil(bytes / PAGE_BYTES), shared }), maximumBytes: bytes };
    } catch (error) {
      problem = error;
    }
  }
  throw new RangeError(`wasm: the system gives no memory, not even the promise of ${maxima[maxima.length - 1]} bytes; pass a smaller maximumBytes or free other memory.`, { cause: problem });
}

export async function createKernelInstance(options: { relaxed: boolean; maximumBytes?: number; shared?: boolean }): Promise<KernelInstance> {
  const { relaxed, shared = false } = options;
  const { memory, maximumBytes } = createMemory(options.maximumBytes, shared);
  const module = await compileKernels(relaxed, shared ? Math.ceil(maximumBytes / PAGE_BYTES) : null);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });

  const grow = (end: number): number => {
    const present = memory.buffer.byteLength;
    if (end <= present) return present;
    const generous = Math.min(maximumBytes, Math.max(end, present + Math.max(GROWTH_BYTES, present / 8)));
    for (const target of [generous, end]) {
      if (target < end || target > maximumBytes) continue;
      try {
        memory.grow(Math.ceil(target / PAGE_BYTES) - present / PAGE_BYTES);
        break;
      } catch (error) {
        // Out of memory: less may still be there. Any other error is none of ours.
        if (!(error instanceof RangeError)) throw error;
      }
    }
    return memory.buffer.byteLength;
  };

  // Kernels say how much scratch memory they want by exporting `<kernel>ScratchBytes`.
  let scratchBytes = SMALLEST_SCRATCH;
  for (const [name, value] of Object.entries(exports)) {
    if (name.endsWith('ScratchBytes') && typeof value === 'function') scratchBytes = Math.max(scratchBytes, Number(value()));
  }
  const align = (bytes: number): number => Math.ceil(bytes / BLOCK_ALIGNMENT) * BLOCK_ALIGNMENT;
  const scratch = align(Number((exports.heapBase as () => number)()));
  const commonScratchAddress = align(scratch + scratchBytes);
  const commonScratchBytes = shared ? Math.min(COMMON_SCRATCH, Math.floor((maximumBytes * COMMON_SHARE) / BLOCK_ALIGNMENT) * BLOCK_ALIGNMENT) : 0;
  const start = commonScratchAddress + commonScratchBytes;
  if (grow(start) < start) {
    throw new RangeError(`wasm: the kernels alone need ${start} bytes, and there may be at most ${maximumBytes}; pass a larger maximumBytes or free other memory.`);
  }
  (exports.setScratch as KernelFunction)(scratch, scratchBytes);
  (exports.setCommonScratch as KernelFunction)(commonScratchAddress, commonScratchBytes);

  return {
    module, memory, scratchBytes, commonScratchAddress, commonScratchBytes, start, grow, maximumBytes,
    kernel: (name) => exports[name] as KernelFunction | undefined,
  };
}
