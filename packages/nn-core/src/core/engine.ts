// Holds together one backend, the tensors that live on it, the tape, and scopes that free what is no longer needed: the engine.
//
// Several engines can live side by side; nothing here is global, so code that awaits between two operations of one
// engine never meets the state of another. Operations use only `allocate` and `run`, which is what lets another backend
// stand in while a step is captured.
//
// Two words that are easily mixed up: an engine *records* on its tape, for gradients (`isRecording`); it *captures* a step's
// commands, for plans (`isCapturing`).
import type { Backend, DType, MemoryUse, Storage } from '../backends/backend.js';
import type { KernelName } from '../backends/kernels.js';
import type { Random } from '@kk/random';
import { describe } from '@kk/options';
import { expectNumber, expectTensor } from './expect.js';
import { boundsOf } from './bounds.js';
import type { CaptureNotes } from './capture-notes.js';
import { DropoutState } from './dropout-state.js';
import { checkShape, formatShape, sizeOf, type Shape } from './shape.js';
import { SharedStorage } from './shared-storage.js';
import type { TapeEntry } from './tape.js';
import { Tensor } from './tensor.js';
import { tensorsIn } from './tensors-in.js';

export class Engine {
  /** The recorded operations, oldest first. */
  readonly tape: TapeEntry[] = [];
  readonly dropoutState = new DropoutState(this);
  readonly #backend: Backend;
  readonly #scopes: Set<Tensor>[] = [];
  #recording = true;
  #capture: CaptureNotes | null = null;
  #disposed = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** What runs the kernels; while a step is captured, what stands in for it and writes the commands down. */
  get backend(): Backend {
    return this.#capture?.backend ?? this.#backend;
  }

  // ---- making tensors

  /**
   * A tensor from numbers. Without a shape it is one axis as long as the data.
   * @param dtype `float`, the backend's floating-point type, or `int32`
   * @throws RangeError when sizes differ, or int32 cannot hold a number; TypeError for another dtype, or for data that is no list
   */
  tensor(data: ArrayLike<number>, shape?: Shape, dtype: 'float' | 'int32' = 'float'): Tensor {
    if (typeof data !== 'object' || typeof (data as ArrayLike<number> | null)?.length !== 'number') throw new TypeError(`tensor got ${describe(data)} as its numbers; expected a list of them, as an array or a typed array.`);
    shape ??= [data.length];
    checkShape(shape, 'tensor');
    if (data.length !== sizeOf(shape)) {
      throw new RangeError(`tensor: got ${data.length} numbers for the shape ${formatShape(shape)}, which holds ${sizeOf(shape)}.`);
    }
    if (dtype !== 'float' && dtype !== 'int32') {
      throw new TypeError(`tensor: there is no dtype ${describe(dtype)}; choose 'float' (${this.backend.floatType} on this backend, the default) or 'int32'.`);
    }
    const wrong = Array.isArray(data) ? data.findIndex((value) => typeof value !== 'number') : -1;
    if (wrong >= 0) throw new TypeError(`tensor: element ${wrong} is ${Array.isArray(data[wrong]) ? 'a list' : String(data[wrong])}; expected numbers in one list, row after row, and the shape beside it: tensor(rows.flat(), [rows, columns]).`);
    const bounds = dtype === 'int32' ? boundsOf(data) : null; // before there is a buffer that an error would leave behind
    const tensor = this.allocate(shape, dtype === 'int32' ? 'int32' : this.backend.floatType);
    tensor.bounds = bounds;
    this.write(tensor, data);
    return tensor;
  }

  /** A tensor filled with one number. */
  full(shape: Shape, value: number): Tensor {
    expectNumber('full', 'value', value);
    const tensor = this.allocate(shape, this.backend.floatType);
    this.run('fill', [tensor], [tensor.size, value]);
    return tensor;
  }

  zeros(shape: Shape): Tensor {
    return this.full(shape, 0);
  }

  /** Normally distributed numbers from a seeded generator; none are drawn for a deviation of 0. */
  randomNormal(shape: Shape, random: Random, mean = 0, deviation = 1): Tensor {
    expectNumber('randomNormal', 'mean', mean);
    expectNumber('randomNormal', 'deviation', deviation);
    if (deviation === 0) return this.full(shape, mean);
    const values = new Float32Array(sizeOf(shape));
    random.fillNormal(values, mean, deviation);
    return this.tensor(values, shape);
  }

  /** Makes a tensor a parameter: gradients end there, and no scope frees it. */
  parameter(tensor: Tensor): Tensor {
    expectTensor('parameter', tensor);
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
    if (dtype !== 'int32' && dtype !== this.backend.floatType) throw new TypeError(`allocate: there is no dtype ${describe(dtype)} on the ${this.backend.name} backend; choose '${this.backend.floatType}' or 'int32'.`);
    return this.#welcome(new Tensor(this, shape, dtype, new SharedStorage(this.backend.allocate(dtype, sizeOf(shape)), this.backend)));
  }

  /** A second tensor on the same buffer, perhaps with another shape of the same size. For gradients it is a constant. */
  alias(tensor: Tensor, shape: Shape = tensor.shape): Tensor {
    return this.#welcome(new Tensor(this, shape, tensor.dtype, tensor.sharedStorage));
  }

  /** Runs a kernel on tensors, in the order of its signature; null for an optional buffer that is absent. */
  run(kernel: KernelName, tensors: readonly (Tensor | null)[], numbers: readonly number[]): void {
    const buffers: (Storage | null)[] = [];
    for (const tensor of tensors) {
      if (tensor && tensor.engine !== this) throw new Error(`${kernel}: this tensor belongs to another engine: read it with data() and make it anew with tensor().`);
      buffers.push(tensor ? tensor.storage : null);
      if (tensor) this.#capture?.used.add(tensor.sharedStorage);
    }
    this.backend.run(kernel, buffers, numbers);
  }

  write(tensor: Tensor, data: ArrayLike<number>): void {
    this.backend.write(tensor.storage, data);
  }

  // ---- memory

  /**
   * Runs `fn` and frees every tensor made inside it, except those that it returns (alone, or in arrays, Sets, Maps and plain
   * objects), parameters and their gradients. Operations recorded inside are taken off the tape: no gradient goes back
   * through what is returned.
   * @throws TypeError when fn is asynchronous: tensors of other code would be caught in the scope
   */
  scope<T>(fn: () => T): T {
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
    if (result instanceof Promise) {
      result.catch(() => undefined); // the error below is what the caller gets to see
      this.#leaveScope(made, tapeLength, new Set());
      throw new TypeError('scope() got an asynchronous function: compute inside the scope, return the tensors, and await their data() outside.');
    }
    this.#leaveScope(made, tapeLength, tensorsIn(result));
    return result;
  }

  #leaveScope(made: Set<Tensor>, tapeLength: number, kept: Set<Tensor>): void {
    this.#scopes.pop();
    while (this.tape.length > tapeLength) {
      const { output } = this.tape.pop()!;
      output.requiresGradient = false;
      output.pathEnd = 'scope';
    }
    for (const tensor of made) {
      if (kept.has(tensor)) this.#scopes.at(-1)?.add(tensor);
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

  /** For plans: runs `fn` while another backend writes its commands down, and takes the notes that plans need. */
  withCapture<T>(notes: CaptureNotes | null, fn: () => T): T {
    const before = this.#capture;
    this.#capture = notes;
    try {
      return fn();
    } finally {
      this.#capture = before;
    }
  }

  /** What is noted while a step is captured; null otherwise. */
  get capture(): CaptureNotes | null {
    return this.#capture;
  }

  /** Whether a step is being captured, for a plan. */
  get isCapturing(): boolean {
    return this.#capture !== null;
  }

  /** Whether operations are recorded on the tape, for gradients. */
  get isRecording(): boolean {
    return this.#recording;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Takes a tensor out of all scopes: from now on it lives until its own dispose(). */
  keep(tensor: Tensor): Tensor {
    this.forget(tensor);
    return tensor;
  }

  /** @throws Error when a captured step would free a tensor from outside */
  checkMayDispose(tensor: Tensor): void {
    if (!this.#capture || this.#capture.made.has(tensor)) return;
    throw new Error(
      `A captured step cannot free a tensor from outside (shape ${formatShape(tensor.shape)}), which each replay may need again: dispose it before compileStep() or after plan.dispose(). ` +
        'Where it is a gradient from an earlier step, call zeroGradients() before compileStep().',
    );
  }

  /** Takes note that a tensor is disposed or kept: no scope has to free it. */
  forget(tensor: Tensor): void {
    for (let at = this.#scopes.length - 1; at >= 0; at--) if (this.#scopes[at]!.delete(tensor)) return;
  }

  /** Gives a buffer back when no tensor and no plan needs it any more. */
  releaseUnneeded(shared: SharedStorage): void {
    if (!shared.isNeeded && !this.#disposed) shared.backend.free(shared.storage);
  }

  #welcome(tensor: Tensor): Tensor {
    this.#scopes.at(-1)?.add(tensor);
    this.#capture?.made.add(tensor);
    return tensor;
  }

  memory(): MemoryUse {
    return this.backend.memory();
  }

  /** Frees all memory and ends the backend's workers. */
  dispose(): void {
    this.backend.dispose(); // refuses while a step is captured
    this.#disposed = true;
    this.tape.length = 0;
  }
}
