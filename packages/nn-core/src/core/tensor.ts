// A tensor: a shape, an element type and a buffer that belongs to a backend.
//
// It computes nothing: operations are functions in `ops/`. It is not a view with strides either; every tensor is dense
// and row-major, and `reshape` alone shares a buffer.
import type { DType, Storage, TypedArray } from '../backends/backend.js';
import type { Engine } from './engine.js';
import { formatShape, sizeOf, type Shape } from './shape.js';

/** A buffer with the number of tensors that use it. */
export interface SharedStorage {
  /** Replaced once: when a buffer that was planned while capturing gets its place. */
  storage: Storage;
  users: number;
}

/**
 * The smallest and largest element of an int32 tensor; the host knows it without asking the device. Tensors that were cut
 * from one another share it.
 */
export interface Bounds {
  minimum: number;
  maximum: number;
  /** Set by a captured step that looks these ids up: whatever is written later must lie in [lowest, limit). */
  lowest?: number;
  limit?: number;
}

export class Tensor {
  readonly size: number;
  /** True for parameters, and for everything that was computed from one while gradients were recorded. */
  requiresGradient = false;
  /** True where gradients end: for parameters. */
  isLeaf = true;
  /** Made by `engine.parameter()`. A parameter that requires no gradient is frozen: it belongs to the model, and is not trained. */
  isParameter = false;
  /** After `backward`: the gradient of the loss, the tensor's own shape. Only parameters keep one. */
  gradient: Tensor | null = null;
  /** What an int32 tensor holds at the least and at the most, so that ids can be checked before they are looked up. */
  bounds: Bounds | null = null;
  #shared: SharedStorage | null;

  /** Made by an engine or an operation, never by hand. */
  constructor(
    readonly engine: Engine,
    readonly shape: Shape,
    readonly dtype: DType,
    shared: SharedStorage,
  ) {
    this.size = sizeOf(shape);
    this.#shared = shared;
    shared.users++;
  }

  get rank(): number {
    return this.shape.length;
  }

  /** The buffer, for kernels. Throws when the tensor was disposed. */
  get storage(): Storage {
    return this.sharedStorage.storage;
  }

  get sharedStorage(): SharedStorage {
    if (!this.#shared) {
      throw new Error(`This tensor of shape ${formatShape(this.shape)} was already freed: return it from the scope() that made it, or read it before the scope ends.`);
    }
    return this.#shared;
  }

  get isDisposed(): boolean {
    return this.#shared === null;
  }

  /** A copy of the elements, row-major. Works on every backend. */
  async data(): Promise<TypedArray> {
    return (await this.engine.backend.read(this.storage)).subarray(0, this.size);
  }

  /** A copy of the elements, at once. Throws on a backend that is not synchronous (gpu): use `await data()` there. */
  dataSync(): TypedArray {
    return this.engine.backend.readSync(this.storage).subarray(0, this.size);
  }

  /** The only element of a tensor of size 1. */
  async item(): Promise<number> {
    if (this.size !== 1) throw new RangeError(`item() reads a tensor with one element; this one has shape ${formatShape(this.shape)}: use data().`);
    return (await this.data())[0]!;
  }

  /** Overwrites the elements; `data` must have exactly as many. The shape stays. */
  set(data: ArrayLike<number>): void {
    if (data.length !== this.size) {
      throw new RangeError(`set() got ${data.length} numbers for a tensor of shape ${formatShape(this.shape)}, which holds ${this.size}.`);
    }
    if (this.dtype === 'int32') this.#updateBounds(boundsOf(data));
    this.engine.write(this, data);
  }

  #updateBounds({ minimum, maximum }: Bounds): void {
    const { lowest = -Infinity, limit = Infinity } = this.bounds ?? {};
    if (this.size > 0 && (minimum < lowest || maximum >= limit)) {
      throw new RangeError(`set() got ids from ${minimum} to ${maximum}, but the captured step that reads this tensor expects ${lowest === -Infinity ? `ids below ${limit}` : `${lowest} to ${limit - 1}`}.`);
    }
    this.bounds = Object.assign(this.bounds ?? {}, { minimum, maximum });
  }

  /** Frees the buffer, once no other tensor shares it. `scope()` does this for everything made inside it. */
  dispose(): void {
    const shared = this.#shared;
    if (!shared) return;
    this.#shared = null;
    this.engine.forget(this);
    if (--shared.users === 0) this.engine.release(shared.storage);
  }

  toString(): string {
    return `Tensor${formatShape(this.shape)} ${this.dtype} on ${this.engine.backend.name}${this.isDisposed ? ', freed' : ''}`;
  }
}

/** The range of a list of whole numbers. Throws a RangeError at the first that is not one that int32 can hold. */
export function boundsOf(data: ArrayLike<number>): Bounds {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if ((value | 0) !== value) throw new RangeError(`An int32 tensor got ${value} at position ${i}: expected a whole number from -2147483648 to 2147483647.`);
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return { minimum, maximum };
}
