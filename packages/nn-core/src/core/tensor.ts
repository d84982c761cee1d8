// Declares the tensor: a shape, an element type and a buffer that belongs to a backend.
//
// It computes nothing: operations are functions in `ops/`. It is not a view with strides either; every tensor is dense
// and row-major, and `reshape` alone shares a buffer.
import type { DType, Storage, TypedArray } from '../backends/backend.js';
import { boundsOf, type Bounds } from './bounds.js';
import type { Engine } from './engine.js';
import { formatShape, sizeOf, type Shape } from './shape.js';
import type { SharedStorage } from './shared-storage.js';

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
  /** Why the way back to the parameters was lost, which `backward` says: it was walked before, or its scope has ended. */
  pathEnd: 'backward' | 'scope' | null = null;
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

  /** The known range of values, for checking ids; null where nothing is known. Operations that compute int32 set it. */
  get bounds(): Bounds | null {
    return this.sharedStorage.bounds;
  }

  set bounds(bounds: Bounds | null) {
    this.sharedStorage.bounds = bounds;
  }

  /**
   * For operations that move elements, as `slice` does: all elements of this tensor are copied from those of `origins`, so
   * their bounds hold here, and what a captured step expects of these ids it expects of theirs.
   */
  takeBoundsOf(...origins: readonly Tensor[]): void {
    if (this.dtype === 'int32') this.sharedStorage.takeBoundsOf(origins.map(({ sharedStorage }) => sharedStorage), this.engine.isCapturing);
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

  /**
   * Overwrites the elements; `data` must have exactly as many. The shape stays.
   * @throws RangeError when the length differs, int32 cannot hold a number, or a captured step expects other ids
   */
  set(data: ArrayLike<number>): void {
    const bounds = this.checkContents(data);
    this.engine.write(this, data);
    this.sharedStorage.bounds = bounds;
  }

  /** Throws what `set` would, and changes nothing; returns the range of an int32 tensor's new numbers. */
  checkContents(data: ArrayLike<number>): Bounds | null {
    if (data.length !== this.size) {
      throw new RangeError(`set() got ${data.length} numbers for a tensor of shape ${formatShape(this.shape)}, which holds ${this.size}.`);
    }
    const shared = this.sharedStorage;
    const bounds = this.dtype === 'int32' ? boundsOf(data) : null;
    if (bounds) shared.checkAgainstPlans(bounds);
    return bounds;
  }

  /**
   * Frees the buffer, once no other tensor and no plan needs it. `scope()` does this for everything made inside it.
   * @throws Error while a step is captured, for a tensor from outside
   */
  dispose(): void {
    const shared = this.#shared;
    if (!shared) return;
    this.engine.checkMayDispose(this);
    this.engine.forget(this);
    this.#shared = null;
    shared.users--;
    this.engine.releaseUnneeded(shared);
  }

  toString(): string {
    return `Tensor${formatShape(this.shape)} ${this.dtype} on ${this.engine.backend.name}${this.isDisposed ? ', freed' : ''}`;
  }
}
