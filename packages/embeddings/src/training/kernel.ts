// One WebAssembly instance of the training kernels with its memory, and the places of the tables in it.
import { binary } from '../generated/training.js';
import type { KernelSetup } from './prediction-tables.js';
import { withSharedMemory } from './shared-memory.js';

const PAGE_BYTES = 65_536;
/** The last page is never handed out, so that no address wraps round to 0. */
const MOST_PAGES = 65_535;
const MEMORY_PAGES = 65_536;
/** Tables begin at whole cache lines. */
const ALIGNMENT = 64;
/** Rows are whole chunks of eight numbers: two vectors of four, which the kernels take at a time. */
const CHUNK = 8;

/** What assembly/training.ts exports; the parameters are explained there. */
interface KernelExports {
  heapBase(): number;
  seedRandom(first: number, second: number, third: number): void;
  drawTable(table: number, rows: number, width: number, stride: number, bound: number): void;
  configure(stride: number, input: number, output: number, rowStarts: number, rows: number, keep: number, sigmoid: number, hidden: number, gradient: number, sentence: number, targets: number): void;
  useNegatives(count: number, words: number, thresholds: number, aliases: number): void;
  useHierarchy(pathStarts: number, path: number): void;
  trainBatch(tokens: number, starts: number, sentences: number, cbow: number, window: number, rate: number, done: number, total: number, results: number): void;
  trainPairs(words: number, contexts: number, weights: number, targets: number, from: number, to: number, wordTable: number, contextTable: number, wordSquares: number, contextSquares: number, stride: number, rate: number): number;
}

const compiled = new Map<boolean, WebAssembly.Module>();

function compile(shared: boolean): WebAssembly.Module {
  let result = compiled.get(shared);
  if (result === undefined) {
    const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
    result = new WebAssembly.Module(shared ? withSharedMemory(bytes, MEMORY_PAGES) : bytes);
    compiled.set(shared, result);
  }
  return result;
}

/** The numbers of a row in the kernels' memory: the width in whole chunks. */
export const strideOf = (width: number): number => Math.ceil(width / CHUNK) * CHUNK;

export class Kernel {
  readonly run: KernelExports;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  #end: number;

  /** @param shared  whether other threads use the memory, too */
  constructor({ shared = false } = {}) {
    this.module = compile(shared);
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: MEMORY_PAGES, shared });
    this.run = new WebAssembly.Instance(this.module, { env: { memory: this.memory } }).exports as unknown as KernelExports;
    this.#end = this.run.heapBase();
  }

  /**
   * The address of so many bytes of zeros.
   * @throws RangeError when there is no such memory
   */
  allocate(bytes: number, what: string): number {
    const start = Math.ceil(this.#end / ALIGNMENT) * ALIGNMENT;
    const pages = Math.ceil((start + bytes) / PAGE_BYTES);
    const missing = pages - this.memory.buffer.byteLength / PAGE_BYTES;
    if (missing > 0) {
      try {
        if (pages > MOST_PAGES) throw new RangeError(`WebAssembly has ${MOST_PAGES * PAGE_BYTES} bytes`);
        this.memory.grow(missing);
      } catch (error) {
        throw new RangeError(`There is no memory for ${what}: training needs ${pages * PAGE_BYTES} bytes; choose a smaller width, fewer words (minCount, maxWords), or shorter n-grams.`, { cause: error });
      }
    }
    this.#end = start + bytes;
    return start;
  }

  /** The address of a copy. */
  put(values: Uint32Array | Float32Array, what: string): number {
    const address = this.allocate(values.byteLength, what);
    const view = values instanceof Uint32Array ? this.uint32(address, values.length) : this.float32(address, values.length);
    view.set(values);
    return address;
  }

  /** A view, valid until more is allocated. */
  uint32(address: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, length);
  }

  float32(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  /** Prepares training by prediction on this thread. */
  setUp({ configure, useNegatives, useHierarchy, seedRandom }: KernelSetup): void {
    this.run.configure(...configure);
    if (useNegatives) this.run.useNegatives(...useNegatives);
    if (useHierarchy) this.run.useHierarchy(...useHierarchy);
    this.run.seedRandom(...seedRandom);
  }
}
