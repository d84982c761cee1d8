// The engine: one backend, the tensors that live on it, the tape, and scopes that free what is no longer needed.
//
// Several engines can live side by side; nothing here is global, so code that awaits between two operations of one
// engine never meets the state of another. Operations use only `allocate` and `run`, which is what lets a captured
// step stand in for the backend.
import type { Backend, DType, MemoryUse, Storage } from '../backends/backend.js';
import type { KernelName } from '../backends/kernels.js';
import { DropoutState } from './dropout-state.js';
import type { Random } from '../random/random.js';
import { checkShape, formatShape, sizeOf, type Shape } from './shape.js';
import type { TapeEntry } from './tape.js';
import { boundsOf, Tensor } from './tensor.js';

/** What a scope may return: tensors, alone or inside arrays and plain objects; anything else passes through. */
type Scoped = unknown;

export class Engine {
  /** The recorded operations, oldest first. */
  readonly tape: TapeEntry[] = [];
  readonly dropoutState = new DropoutState(this);
  /** Parameters that got a gradient while a step was captured. */
  readonly capturedParameters = new Set<Tensor>();
  #recording = true;
  #active: Backend;
  readonly #scopes: Set<Tensor>[] = [];
  #disposed = false;
  #capturing = false;

  constructor(backend: Backend) {
    this.#active = backend;
  }

  /** What runs the kernels; while a step is captured, the recorder that stands in for it. */
  get backend(): Backend {
    return this.#active;
  }

  // ---- making tensors

  /** A tensor from numbers. Without a shape it is one axis as long as the data. Throws a RangeError when sizes differ. */
  tensor(data: ArrayLike<number>, shape: Shape = [data.length], dtype: 'float' | 'int32' = 'float'): Tensor {
    checkShape(shape, 'tensor');
    if (data.length !== sizeOf(shape)) {
      throw new RangeError(`tensor: got ${data.length} numbers for the shape ${formatShape(shape)}, which holds ${sizeOf(shape)}.`);
    }
    const tensor = this.allocate(shape, dtype === 'int32' ? 'int32' : this.backend.floatType);
    if (dtype === 'int32') tensor.bounds = boundsOf(data);
    this.write(tensor, data);
    return tensor;
  }

  /** A tensor filled with one number. */
  full(shape: Shape, value: number): Tensor {
    const tensor = this.allocate(shape, this.backend.floatType);
    this.run('fill', [tensor], [tensor.size, value]);
    return tensor;
  }

  zeros(shape: Shape): Tensor {
    return this.full(shape, 0);
  }

  /** Normally distributed numbers from a seeded generator; none are drawn for a deviation of 0. */
  randomNormal(shape: Shape, random: Random, mean = 0, deviation = 1): Tensor {
    if (deviation === 0) return this.full(shape, mean);
    const values = new Float32Array(sizeOf(shape));
    random.fillNormal(values, mean, deviation);
    return this.tensor(values, shape);
  }

  /** Makes a tensor a parameter: gradients end there, and no scope frees it. */
  parameter(tensor: Tensor): Tensor {
    if (tensor.dtype === 'int32') throw new TypeError('parameter: an int32 tensor cannot have a gradient.');
    tensor.requiresGradient = true;
    tensor.isLeaf = true;
    tensor.isParameter = true;
    return this.keep(tensor);
  }

  // ---- for operations

  /** A new tensor with undefined contents, owned by the innermost scope. */
  allocate(shape: Shape, dtype: DType = this.backend.floatType): Tensor {
    if (this.#disposed) throw new Error('This engine was disposed: make a new one with init().');
    checkShape(shape, 'allocate');
    return this.#adopt(new Tensor(this, shape, dtype, { storage: this.backend.allocate(dtype, sizeOf(shape)), users: 0 }));
  }

  /** A second tensor on the same buffer, perhaps with another shape of the same size. */
  alias(tensor: Tensor, shape: Shape = tensor.shape): Tensor {
    const alias = new Tensor(this, shape, tensor.dtype, tensor.sharedStorage);
    alias.bounds = tensor.bounds;
    return this.#adopt(alias);
  }

  /** Runs a kernel on tensors, in the order of its signature; null for an optional buffer that is absent. */
  run(kernel: KernelName, tensors: readonly (Tensor | null)[], numbers: readonly number[]): void {
    const buffers: (Storage | null)[] = [];
    for (const tensor of tensors) {
      if (tensor && tensor.engine !== this) throw new Error(`${kernel}: this tensor belongs to another engine: read it with data() and make it anew with tensor().`);
      buffers.push(tensor ? tensor.storage : null);
    }
    this.backend.run(kernel, buffers, numbers);
  }

  write(tensor: Tensor, data: ArrayLike<number>): void {
    this.backend.write(tensor.storage, data);
  }

  // ---- memory

  /**
   * Runs `fn` and frees every tensor made inside it, except those that it returns (alone, or in arrays, Maps and plain
   * objects), parameters and their gradients. Operations recorded inside are taken off the tape.
   * @throws TypeError when fn is asynchronous: tensors of other code would be caught in the scope
   */
  scope<T extends Scoped>(fn: () => T): T {
    const made = new Set<Tensor>();
    const tapeLength = this.tape.length;
    this.#scopes.push(made);
    let result: T;
    try {
      result = fn();
    } catch (error) {
      this.#leaveScope(made, tapeLength, new Set());
      throw error;
    }
    const kept = new Set<Tensor>();
    if (result instanceof Promise) {
      this.#leaveScope(made, tapeLength, kept);
      throw new TypeError('scope() got an asynchronous function: compute inside the scope, return the tensors, and await their data() outside.');
    }
    collectTensors(result, kept);
    this.#leaveScope(made, tapeLength, kept);
    return result;
  }

  #leaveScope(made: Set<Tensor>, tapeLength: number, kept: Set<Tensor>): void {
    this.#scopes.pop();
    while (this.tape.length > tapeLength) this.tape.pop()!.output.requiresGradient = false;
    for (const tensor of made) {
      if (kept.has(tensor)) this.#adopt(tensor);
      else tensor.dispose();
    }
  }

  /** Runs `fn` without recording, as for evaluation and generation. */
  noGradient<T>(fn: () => T): T {
    return this.withRecording(false, fn);
  }

  /** Runs `fn` with recording on or off, and then sets it back. */
  withRecording<T>(recording: boolean, fn: () => T): T {
    const before = this.#recording;
    this.#recording = recording;
    try {
      return fn();
    } finally {
      this.#recording = before;
    }
  }

  /** Runs `fn` with another backend in place of the engine's own: for capture. */
  withBackend<T>(backend: Backend, fn: () => T): T {
    const before = this.#active;
    this.#active = backend;
    this.#capturing = true;
    this.capturedParameters.clear();
    try {
      return fn();
    } finally {
      this.#active = before;
      this.#capturing = false;
    }
  }

  get isCapturing(): boolean {
    return this.#capturing;
  }

  get isRecording(): boolean {
    return this.#recording;
  }

  /** Takes a tensor out of all scopes: from now on it lives until its own dispose(). */
  keep(tensor: Tensor): Tensor {
    this.forget(tensor);
    return tensor;
  }

  /** Takes note that a tensor was disposed or kept. */
  forget(tensor: Tensor): void {
    for (let at = this.#scopes.length - 1; at >= 0; at--) if (this.#scopes[at]!.delete(tensor)) return;
  }

  release(storage: Storage): void {
    if (!this.#disposed) this.backend.free(storage);
  }

  #adopt(tensor: Tensor): Tensor {
    this.#scopes.at(-1)?.add(tensor);
    return tensor;
  }

  memory(): MemoryUse {
    return this.backend.memory();
  }

  /** Frees all memory and ends the backend's workers. */
  dispose(): void {
    this.#disposed = true;
    this.tape.length = 0;
    this.backend.dispose();
  }
}

function collectTensors(value: unknown, into: Set<Tensor>): void {
  if (value instanceof Tensor) into.add(value);
  else if (Array.isArray(value) || value instanceof Set) for (const item of value) collectTensors(item, into);
  else if (value instanceof Map) for (const item of value.values()) collectTensors(item, into);
  else if (value && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const item of Object.values(value)) collectTensors(item, into);
  }
}
