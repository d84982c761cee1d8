// Runs a captured step again and again.
import type { PreparedPlan } from '../backends/plan.js';
import type { IdLimits } from '../core/bounds.js';
import type { Engine } from '../core/engine.js';
import type { SharedStorage } from '../core/shared-storage.js';
import type { Tensor } from '../core/tensor.js';

/** What a plan holds until it is disposed. */
export interface PlanParts {
  readonly prepared: PreparedPlan;
  /** Tensors that the step's function made and returned. */
  readonly owned: readonly Tensor[];
  /** Every buffer outside the arena that a command reads or writes, constants included. */
  readonly buffers: ReadonlySet<SharedStorage>;
  /** What the step expects of ids from outside. */
  readonly expectedIds: ReadonlyMap<SharedStorage, IdLimits>;
  /** How often a replay uses dropout. */
  readonly dropouts: number;
  /** Called before each replay, for what must be done anew each time. */
  readonly beforeReplay: ReadonlySet<() => void>;
}

export class Plan<T> {
  #disposed = false;

  readonly #engine: Engine;
  readonly #parts: PlanParts;

  /** Made by `compileStep`. */
  constructor(
    engine: Engine,
    /** What the function returned. Tensors that it made live as long as the plan, and each replay overwrites them. */
    readonly result: T,
    /** Kernels that one replay runs. */
    readonly commandCount: number,
    parts: PlanParts,
  ) {
    this.#engine = engine;
    this.#parts = parts;
    for (const shared of parts.buffers) shared.plans++;
    for (const [shared, limits] of parts.expectedIds) shared.expect(limits);
  }

  /** Bytes that all buffers within the step share. */
  get arenaBytes(): number {
    return this.#parts.prepared.arenaBytes;
  }

  /**
   * Runs the step with what the tensors from outside hold now. Dropout goes on to the next step, unless `dropoutState.begin` was just called.
   * @throws Error when the plan was disposed, or an optimizer in it was not prepared since the last replay
   */
  replay(): T {
    if (this.#disposed) throw new Error('This plan was disposed: compile the step again.');
    for (const check of this.#parts.beforeReplay) check();
    if (this.#parts.dropouts > 0) this.#engine.dropoutState.beginReplay(this.#parts.dropouts);
    this.#parts.prepared.run();
    return this.result;
  }

  /** Frees the plan's memory: also the tensors of its result, except those that came from outside. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const { prepared, owned, buffers, expectedIds } = this.#parts;
    for (const [shared, limits] of expectedIds) shared.expectNoMore(limits);
    if (this.#engine.isDisposed) return; // all memory is gone already
    prepared.dispose();
    for (const tensor of owned) tensor.dispose();
    for (const shared of buffers) {
      shared.plans--;
      this.#engine.releaseUnneeded(shared);
    }
  }
}
