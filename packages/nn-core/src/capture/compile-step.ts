// A whole training step as a plan: traced once, replayed as a flat list of commands. A replay makes no tensors, never
// touches the tape and allocates nothing.
//
// What capture freezes: every JavaScript number (a learning rate, the `past` of a cache), every branch, every shape, and
// the contents of tensors made inside from numbers. What it does not freeze: the contents of tensors from outside. Set
// those before each replay; that is how inputs and learning rates get in.
import type { Storage } from '../backends/backend.js';
import type { Engine } from '../core/engine.js';
import { formatShape } from '../core/shape.js';
import { Tensor } from '../core/tensor.js';
import { PlannedStorage, type Command, type PreparedPlan, type Transient } from '../backends/plan.js';
import { CapturingBackend } from './capturing-backend.js';

export class Plan<T> {
  #disposed = false;

  readonly #prepared: PreparedPlan;
  readonly #owned: readonly Tensor[];
  readonly #release: () => void;

  constructor(
    /** What the function returned. Its tensors live as long as the plan; each replay overwrites them. */
    readonly result: T,
    /** Kernels that one replay runs. */
    readonly commandCount: number,
    prepared: PreparedPlan,
    owned: readonly Tensor[],
    release: () => void,
  ) {
    this.#prepared = prepared;
    this.#owned = owned;
    this.#release = release;
  }

  /** Bytes that all buffers within the step share. */
  get arenaBytes(): number {
    return this.#prepared.arenaBytes;
  }

  /** Runs the step with what the tensors from outside hold now. */
  replay(): T {
    if (this.#disposed) throw new Error('This plan was disposed: compile the step again.');
    this.#prepared.run();
    return this.result;
  }

  /** Frees the plan's memory, its results included. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#prepared.dispose();
    for (const tensor of this.#owned) tensor.dispose();
    this.#release();
  }
}

/**
 * Captures `fn`, which may compute, call `backward` and an optimizer's `update`, and returns tensors. Nothing is computed
 * until the first `replay()`.
 * @throws Error when fn reads values, sets a tensor from outside, or leaves gradients behind
 */
export function compileStep<T>(engine: Engine, fn: () => T): Plan<T> {
  const real = engine.backend;
  engine.dropoutState.restart();
  const capturing = new CapturingBackend(real);
  const result = engine.withBackend(capturing, () => engine.scope(fn));
  const results = [...tensorsIn(result)];
  const lifetimes = findLifetimes(capturing.commands);

  // Results and constants must outlive a replay: they get buffers of their own.
  const places = new Map<PlannedStorage, Storage>();
  const place = (storage: PlannedStorage): Storage => {
    let found = places.get(storage);
    if (!found) places.set(storage, (found = real.allocate(storage.dtype, storage.length)));
    return found;
  };
  for (const tensor of results) {
    const { sharedStorage } = tensor;
    if (sharedStorage.storage instanceof PlannedStorage) sharedStorage.storage = place(sharedStorage.storage);
  }
  for (const storage of capturing.planned) {
    if (storage.constant && lifetimes.has(storage)) real.write(place(storage), storage.constant);
  }
  const leftBehind = [...engine.capturedParameters].find((parameter) => parameter.gradient && !parameter.gradient.isDisposed && parameter.gradient.storage instanceof PlannedStorage);
  if (leftBehind) {
    throw new Error(`A captured step must not leave gradients behind (parameter of shape ${formatShape(leftBehind.shape)}): call optimizer.zeroGradients() inside it.`);
  }

  const commands = capturing.commands.map(
    (command): Command => ({ ...command, buffers: command.buffers.map((buffer) => (buffer instanceof PlannedStorage ? (places.get(buffer) ?? buffer) : buffer)) }),
  );
  const transients = [...lifetimes.values()].filter(({ storage }) => !places.has(storage));
  const prepared = real.prepare({ commands, transients });
  const owned = results.map((tensor) => engine.keep(tensor));
  const resultStorages = new Set<Storage>(owned.map((tensor) => tensor.storage));
  return new Plan(result, commands.length, prepared, owned, () => {
    for (const storage of places.values()) if (!resultStorages.has(storage)) engine.release(storage);
  });
}

/** For each planned buffer, the first and the last command that touches it. */
function findLifetimes(commands: readonly Command[]): Map<PlannedStorage, Transient> {
  const lifetimes = new Map<PlannedStorage, Transient>();
  commands.forEach(({ buffers }, at) => {
    for (const storage of buffers) {
      if (storage instanceof PlannedStorage) lifetimes.set(storage, { storage, first: lifetimes.get(storage)?.first ?? at, last: at });
    }
  });
  return lifetimes;
}

function tensorsIn(value: unknown): Set<Tensor> {
  const found = new Set<Tensor>();
  const walk = (item: unknown): void => {
    if (item instanceof Tensor) found.add(item);
    else if (Array.isArray(item)) item.forEach(walk);
    else if (item && typeof item === 'object' && Object.getPrototypeOf(item) === Object.prototype) Object.values(item).forEach(walk);
  };
  walk(value);
  return found;
}
