// Runs the AssemblyScript kernels of `assembly/` on buffers in one linear memory, the wasm backend: on the calling thread and,
// where memory can be shared, on workers beside it.
//
// It checks what costs nothing to check: that buffers are its own, alive, and of the element type that the kernel takes.
// Lengths are the business of the ops (the cpu backend checks them).
import { checkOptions, describe, type OptionNames } from '@kk/options';
import { planArena, type Arena } from '../arena.js';
import type { PlannedStorage, PreparedPlan, CapturedStep } from '../plan.js';
import type { Backend, BlasFacts, DType, MachinePeak, MemoryUse, Storage, TypedArray } from '../backend.js';
import { type KernelName, kernels } from '../kernels.js';
import { Allocator, type Block } from './allocator.js';
import { findBlas, type BlasChoice, type FoundBlas } from './blas/find.js';
import { withBlas } from './blas/product.js';
import { enableRelaxedSimd } from './enable-relaxed-simd.js';
import { hasSimd } from './features.js';
import { createKernelInstance, type KernelInstance } from './instance.js';
import { kernelTable, type Entry, type KernelTable } from './kernel-table.js';
import { bestRate, measurePeak, readLength, RESULT_LENGTH } from './peak.js';
import { listBytes, type EncodedCommand } from './threads/command-list.js';
import { controlBytes } from './threads/control.js';
import { findBarriers, type Range } from './threads/hazards.js';
import { MAILBOX_BYTES, ThreadPool } from './threads/pool.js';
import { defaultThreads, MOST_THREADS, whyOneThread } from './threads/spawn.js';
import { sharesOf, WORK_FOR_THREADS, workOf } from './threads/work.js';

export interface WasmBackendOptions {
  /**
   * Fused multiply-add of relaxed SIMD: faster, but its last bits depend on the processor. False gives the same bits
   * everywhere. Default: where the engine has it; on Node 20 that means switching a flag of V8 on.
   */
  readonly relaxed?: boolean;
  /**
   * Threads that share the work, the calling one included; the results are the same bits for any number. Default: as many
   * as the machine has processors, at most 8, in Node and in workers of cross-origin isolated pages; 1 elsewhere.
   */
  readonly threads?: number;
  /**
   * Whether large products go to a BLAS library of the machine, in Node and where the npm package koffi is installed: `off`; `auto`, if there is one; or the path of
   * one. The backend's description names it; its `blas` has the library's file, or says what is missing. The same bits for any number of threads; they may be others than without it. Default `off`.
   */
  readonly blas?: BlasChoice;
  /** The most bytes that the memory may grow to, at most and by default 4 GiB. */
  readonly maximumBytes?: number;
}

const wasmBackendOptions: OptionNames<WasmBackendOptions> = { relaxed: 'flag', threads: 'optional', blas: 'optional', maximumBytes: 'optional' };

class WasmStorage implements Storage {
  /** Where it lies; -1 once it was freed. */
  address: number;

  constructor(readonly owner: WasmBackend, readonly dtype: DType, readonly length: number, readonly block: Block) {
    this.address = block.address;
  }
}

/** Ends the workers of a backend that nobody disposed and nobody refers to any more. */
const forgotten = new FinalizationRegistry((pool: ThreadPool) => pool.dispose());

class WasmBackend implements Backend {
  readonly name = 'wasm';
  readonly synchronous = true;
  readonly floatType = 'float32';
  readonly description: string;
  readonly blas: BlasFacts | { readonly missing: string } | undefined;
  readonly #entries: KernelTable['entries'];
  readonly #measurements: KernelTable['measurements'];
  #instance: KernelInstance | null;
  #pool: ThreadPool | null = null;
  #allocator: Allocator;
  #floats: Float32Array;
  #integers: Int32Array;
  #bytes = 0;
  #buffers = 0;

  private constructor(instance: KernelInstance, { description, blas }: Pick<Backend, 'description' | 'blas'>, { entries, measurements }: KernelTable) {
    this.description = description;
    this.blas = blas;
    this.#instance = instance;
    this.#entries = entries;
    this.#measurements = measurements;
    this.#allocator = new Allocator(instance.start, (end) => instance.grow(end));
    this.#floats = new Float32Array(instance.memory.buffer);
    this.#integers = new Int32Array(instance.memory.buffer);
  }

  static async create(options: { relaxed: boolean; threads: number; why?: string; blas: FoundBlas | string | null; maximumBytes?: number }): Promise<WasmBackend> {
    const { relaxed, threads, why, blas, maximumBytes } = options;
    const instance = await createKernelInstance({ relaxed, maximumBytes, shared: threads > 1 });
    const library = typeof blas === 'string' ? null : blas;
    const table = kernelTable(library ? withBlas(instance.kernel, instance.memory, library) : instance.kernel);
    const description = `wasm: SIMD${relaxed ? ' with relaxed FMA' : ''}, ${threads} thread${threads === 1 ? '' : 's'}${why === undefined ? '' : ` (${why})`}${productsInWords(blas)}`;
    const backend = new WasmBackend(instance, { description, blas: typeof blas === 'string' ? { missing: blas } : blas?.facts }, table);
    if (threads > 1) {
      const { module, memory, scratchBytes, commonScratchAddress, commonScratchBytes } = instance;
      const blocks = [controlBytes(threads), MAILBOX_BYTES, ...new Array<number>(threads - 1).fill(scratchBytes)].map((bytes) => {
        const block = backend.#allocator.allocate(bytes);
        if (block === null) throw backend.#outOfMemory(instance, 'int32', bytes / 4);
        return block.address;
      });
      const [controlAddress, mailboxAddress, ...scratchAddresses] = blocks;
      backend.#renewViews(instance);
      backend.#pool = await ThreadPool.create({
        module, memory, kernels: table.functions, kernelNames: table.names,
        controlAddress, mailboxAddress, scratchAddresses, scratchBytes, commonScratchAddress, commonScratchBytes,
        blas: library?.place ?? null,
      });
      forgotten.register(backend, backend.#pool, backend);
    }
    return backend;
  }

  allocate(dtype: DType, length: number): Storage {
    const instance = this.#live();
    if (dtype !== 'float32' && dtype !== 'int32') {
      throw new TypeError(`wasm: cannot allocate ${dtype} buffers: this backend computes in float32; use the cpu backend with precision 'float64'.`);
    }
    if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(`wasm: cannot allocate ${length} elements; expected a whole number of 0 or more.`);
    const block = this.#allocator.allocate(length * 4);
    if (block === null) throw this.#outOfMemory(instance, dtype, length);
    if (this.#floats.buffer !== instance.memory.buffer) this.#renewViews(instance);
    this.#bytes += length * 4;
    this.#buffers++;
    return new WasmStorage(this, dtype, length, block);
  }

  free(storage: Storage): void {
    const own = this.#own(storage, 'free');
    own.address = -1;
    this.#allocator.free(own.block);
    this.#bytes -= own.length * 4;
    this.#buffers--;
  }

  write(storage: Storage, data: ArrayLike<number>): void {
    const own = this.#own(storage, 'write');
    if (data.length > own.length) {
      throw new RangeError(`wasm: cannot write ${data.length} numbers to a buffer of ${own.length}; shorten the data or allocate more.`);
    }
    this.#viewOf(own).set(data, own.address / 4);
  }

  async read(storage: Storage): Promise<TypedArray> {
    return this.readSync(storage);
  }

  readSync(storage: Storage): TypedArray {
    const own = this.#own(storage, 'read');
    const first = own.address / 4;
    return this.#viewOf(own).slice(first, first + own.length);
  }

  run(kernel: KernelName, buffers: readonly (Storage | null)[], numbers: readonly number[]): void {
    const entry = this.#entry(kernel, buffers.length, numbers.length);
    const count = buffers.length;
    const values = entry.arguments;
    for (let i = 0; i < count; i++) values[i] = this.#address(entry, kernel, buffers[i], i);
    for (let i = 0; i < numbers.length; i++) values[count + i] = numbers[i];
    if (this.#pool && workOf(kernel, numbers) >= WORK_FOR_THREADS) {
      this.#pool.runOne(entry.place, entry.finishPlace, sharesOf(kernel, numbers, this.#pool.threads), values.slice(0, -2));
      return;
    }
    Reflect.apply(entry.function, undefined, values);
    if (entry.finish) Reflect.apply(entry.finish, undefined, values);
  }

  /** The arena is one buffer; addresses are resolved once, so that a replay only calls functions. */
  prepare({ commands, transients }: CapturedStep): PreparedPlan {
    const { offsets, bytes } = planArena(transients, () => 4);
    const arena = this.allocate('float32', bytes / 4) as WasmStorage;
    try {
      return this.#prepareIn(arena, commands, offsets);
    } catch (error) {
      this.free(arena);
      throw error;
    }
  }

  #prepareIn(arena: WasmStorage, commands: CapturedStep['commands'], offsets: Arena['offsets']): PreparedPlan {
    const resolve = (storage: Storage | null, entry: Entry, kernel: KernelName, i: number): Range => {
      const offset = offsets.get(storage as PlannedStorage);
      const start = offset === undefined ? this.#address(entry, kernel, storage, i) : arena.address + offset;
      return { start, end: start + (storage?.length ?? 0) * 4 };
    };
    const calls = commands.map(({ kernel, buffers, numbers }) => {
      const entry = this.#entry(kernel, buffers.length, numbers.length);
      const ranges = buffers.map((storage, i) => resolve(storage, entry, kernel, i));
      return { kernel, numbers, entry, ranges, values: [...ranges.map(({ start }) => start), ...numbers] };
    });
    const replay = this.#pool ? this.#prepareForThreads(this.#pool, calls) : prepareForOne(calls);
    return {
      arenaBytes: arena.length * 4,
      run: () => {
        this.#live();
        replay.run();
      },
      dispose: () => {
        if (this.#instance === null) return; // the memory went with the backend
        this.free(arena);
        replay.dispose();
      },
    };
  }

  /** Writes the commands where all threads can read them. */
  #prepareForThreads(pool: ThreadPool, calls: readonly ResolvedCall[]): { run(): void; dispose(): void } {
    const { commonScratchAddress, commonScratchBytes } = this.#live();
    // A second step may read what the first left in the common scratch memory: nobody may write there in between.
    const common = { start: commonScratchAddress, end: commonScratchAddress + commonScratchBytes };
    const barriers = findBarriers(
      calls.map(({ entry, ranges }) => ({
        reads: ranges.slice(0, entry.readCount),
        writes: entry.finish ? [...ranges.slice(entry.inputCount), common] : ranges.slice(entry.inputCount),
      })),
    );
    const commands = calls.flatMap(({ kernel, numbers, entry, values }, i): EncodedCommand[] => {
      const shares = sharesOf(kernel, numbers, pool.threads);
      const command = { kernel: entry.place, barrier: barriers[i], shares, values };
      return entry.finishPlace === undefined ? [command] : [command, { kernel: entry.finishPlace, barrier: true, shares, values }];
    });
    const list = this.allocate('float32', listBytes(commands) / 4) as WasmStorage;
    pool.write(commands, list.address);
    return { run: () => pool.run(list.address), dispose: () => this.free(list) };
  }

  memory(): MemoryUse {
    return { bytes: this.#bytes, buffers: this.#buffers, reservedBytes: this.#instance?.memory.buffer.byteLength ?? 0 };
  }

  measurePeak(readBytes: number): MachinePeak {
    const { memory } = this.#live();
    const pool = this.#pool;
    const threads = pool?.threads ?? 1;
    const length = readLength(readBytes);
    const buffer = this.allocate('float32', length + threads * RESULT_LENGTH) as WasmStorage;
    let peak: MachinePeak;
    try {
      // The system gives memory when it is written to first.
      this.run('fill', [buffer], [buffer.length, 0]);
      peak = measurePeak(memory, buffer.address, length, threads, (name, values) => {
        const { function: measure, place } = this.#measurements.get(name)!;
        if (pool) pool.runOne(place, undefined, 0, values);
        else Reflect.apply(measure, undefined, [...values, 0, 1]);
      });
    } finally {
      this.free(buffer);
    }
    return this.blas && 'file' in this.blas ? { ...peak, gigaflops: Math.max(peak.gigaflops, this.#productRate()) } : peak;
  }

  /** The rate of a BLAS, whose instructions may be wider than WebAssembly's, on a product that suits it. */
  #productRate(): number {
    const [rows, side] = [PEAK_ROWS, PEAK_SIDE];
    const storages = [rows * side, side * side, rows * side].map((length) => this.allocate('float32', length));
    const [a, b, y] = storages as [Storage, Storage, Storage];
    try {
      for (const storage of storages) this.run('fill', [storage], [storage.length, 1]);
      return bestRate(() => {
        this.run('matmul', [a, b, null, y, null], [1, rows, side, side, 0, 0, 0]);
        return 2 * rows * side * side;
      });
    } finally {
      for (const storage of storages) this.free(storage);
    }
  }

  dispose(): void {
    // The memory goes when nothing refers to it any more: the registry must not, and would through the pool and its workers.
    forgotten.unregister(this);
    this.#instance = null;
    this.#pool?.dispose();
    this.#pool = null;
    this.#floats = new Float32Array(0);
    this.#integers = new Int32Array(0);
    this.#bytes = 0;
    this.#buffers = 0;
  }

  #live(): KernelInstance {
    if (this.#instance === null) throw new Error('wasm: this backend was disposed; create a new one with createWasmBackend().');
    return this.#instance;
  }

  #entry(kernel: KernelName, buffers: number, numbers: number): Entry {
    const entry = this.#entries.get(kernel);
    if (entry === undefined) {
      this.#live();
      throw new Error(`wasm: no kernel is called ${JSON.stringify(kernel)}; kernels.ts lists them.`);
    }
    if (buffers !== entry.bufferNames.length || numbers !== entry.numberCount) throw wrongCount(kernel, entry, buffers, numbers);
    return entry;
  }

  /** Where buffer number `i` of a kernel lies; 0 for an optional one that is absent. */
  #address(entry: Entry, kernel: KernelName, storage: Storage | null, i: number): number {
    if (storage === null) {
      if (!entry.optional[i]) throw new Error(`wasm: ${kernel} needs the buffer ${entry.bufferNames[i]}, which is null.`);
      return 0;
    }
    const own = this.#own(storage, kernel);
    const type = entry.types[i];
    if (type !== null && own.dtype !== type) {
      throw new TypeError(`wasm: ${kernel} was given a buffer of ${own.dtype} as ${entry.bufferNames[i]}; expected ${type}.`);
    }
    return own.address;
  }

  /** The storage as one of ours that is still allocated; `purpose` says what it was wanted for. */
  #own(storage: Storage, purpose: string): WasmStorage {
    if (storage instanceof WasmStorage && storage.owner === this && storage.address !== -1 && this.#instance !== null) return storage;
    this.#live();
    if (storage instanceof WasmStorage && storage.owner === this) {
      const mistake = purpose === 'free' ? 'free a buffer that was freed before' : `use a freed buffer (${purpose})`;
      throw new Error(`wasm: cannot ${mistake}: ${storage.length} x ${storage.dtype}. Free a buffer once, after its last use.`);
    }
    throw new TypeError(`wasm: cannot use a buffer of another backend (${purpose}). Read it there and write it here.`);
  }

  #viewOf(storage: WasmStorage): Float32Array | Int32Array {
    return storage.dtype === 'int32' ? this.#integers : this.#floats;
  }

  /** Growth detaches the views on the memory. */
  #renewViews(instance: KernelInstance): void {
    this.#floats = new Float32Array(instance.memory.buffer);
    this.#integers = new Int32Array(instance.memory.buffer);
  }

  #outOfMemory(instance: KernelInstance, dtype: DType, length: number): RangeError {
    const message =
      `wasm: no memory for ${formatBytes(length * 4)} (${length} x ${dtype}): ${formatBytes(this.#bytes)} are in use in ${this.#buffers} buffers, ` +
      `${formatBytes(instance.memory.buffer.byteLength)} are reserved, ${formatBytes(instance.maximumBytes)} are the most there may be. ` +
      `Use a smaller batch or context, or dispose tensors that are no longer needed.`;
    return new RangeError(message);
  }
}

/** The product that a BLAS is measured with: each of its units is square, and fits into the second cache. */
const PEAK_SIDE = 256;
const PEAK_ROWS = 16 * PEAK_SIDE;

function productsInWords(blas: FoundBlas | string | null): string {
  if (blas === null) return '';
  if (typeof blas === 'string') return ', without a BLAS';
  const { name, kernel } = blas.facts;
  return `, products by ${name}${kernel === null ? '' : ` (${kernel})`}`;
}

/** A command of a plan with its buffers' places. */
interface ResolvedCall {
  readonly kernel: KernelName;
  readonly numbers: readonly number[];
  readonly entry: Entry;
  readonly ranges: readonly Range[];
  readonly values: readonly number[];
}

function prepareForOne(calls: readonly ResolvedCall[]): { run(): void; dispose(): void } {
  const functions = calls.flatMap(({ entry, values }) => {
    const complete = [...values, 0, 1];
    return entry.finish ? [{ call: entry.function, complete }, { call: entry.finish, complete }] : [{ call: entry.function, complete }];
  });
  return {
    run: () => {
      for (const { call, complete } of functions) Reflect.apply(call, undefined, complete);
    },
    dispose: () => undefined,
  };
}

function wrongCount(kernel: KernelName, entry: Entry, buffers: number, numbers: number): Error {
  return new Error(
    `wasm: ${kernel} was given ${buffers} buffers and ${numbers} numbers; expected buffers (${entry.bufferNames.join(', ')}) and ${entry.numberCount} numbers (${kernels[kernel].numbers.map((name: string) => name.replace(': float', '')).join(', ')}).`,
  );
}

function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const power = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${['', 'KiB', 'MiB', 'GiB'][power]}`;
}

/**
 * A wasm backend of its own: its buffers cannot be used by another one.
 * @throws Error when the engine has no WebAssembly SIMD, or no relaxed SIMD and `relaxed` is true, or the BLAS that `blas` names cannot be used
 * @throws RangeError when maximumBytes is out of range or the system gives no memory
 */
export async function createWasmBackend(options: WasmBackendOptions = {}): Promise<Backend> {
  checkOptions('createWasmBackend', options, wasmBackendOptions);
  const { relaxed, maximumBytes, blas = 'off', threads = defaultThreads() } = options;
  if (typeof blas !== 'string' || blas === '') throw new TypeError(`createWasmBackend: blas is ${describe(blas)}; expected 'off', 'auto' or the path of a library.`);
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS) {
    throw new RangeError(`createWasmBackend: threads is ${describe(threads)}; expected a whole number from 1 to ${MOST_THREADS}.`);
  }
  if (threads > 1 && whyOneThread() !== undefined) {
    throw new Error('wasm: several threads need shared memory and a thread that may wait: in a browser, a cross-origin isolated page (headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp) with the engine in a Worker; in Node, 20.16 and later. Or leave `threads` out.');
  }
  if (maximumBytes !== undefined && (!Number.isSafeInteger(maximumBytes) || maximumBytes < 2 ** 20 || maximumBytes > 2 ** 32)) {
    throw new RangeError(`createWasmBackend: maximumBytes is ${describe(maximumBytes)}; expected a whole number from ${2 ** 20} (1 MiB) to ${2 ** 32} (4 GiB).`);
  }
  if (!hasSimd()) {
    throw new Error("wasm: this engine has no WebAssembly SIMD, which every browser since 2023 and Node since 16 have: update it, or use init('cpu').");
  }
  const useRelaxed = relaxed === false ? false : enableRelaxedSimd();
  if (relaxed === true && !useRelaxed) {
    throw new Error('wasm: this engine has no relaxed SIMD: update it (Node 22, or 20.16 and later; Chromium 114; Firefox 145), or leave `relaxed` out.');
  }
  return WasmBackend.create({ relaxed: useRelaxed, threads, why: options.threads === undefined ? whyOneThread() : undefined, blas: blas === 'off' ? null : findBlas(blas), maximumBytes });
}
