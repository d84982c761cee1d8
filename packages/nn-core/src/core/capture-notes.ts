// Notes while a step is captured what the plan must keep alive, and what a capture that fails has to undo.
import type { Backend } from '../backends/backend.js';
import { bothLimits, type IdLimits } from './bounds.js';
import type { SharedStorage } from './shared-storage.js';
import type { TapeEntry } from './tape.js';
import type { Tensor } from './tensor.js';

export class CaptureNotes {
  /** Tensors made since capture began; all others come from outside. */
  readonly made = new Set<Tensor>();
  /** Buffers that commands touch. */
  readonly used = new Set<SharedStorage>();
  /** Parameters that got a gradient, with the gradient that they had before. */
  readonly gradientsBefore = new Map<Tensor, Tensor | null>();
  /** What lookups ask of the ids in a buffer. */
  readonly expectedIds = new Map<SharedStorage, IdLimits>();
  /** Called before each replay; one throws when something was not done that the step needs. */
  readonly beforeReplay = new Set<() => void>();
  readonly #tapeBefore: readonly TapeEntry[];

  constructor(
    /** What writes the commands down. */
    readonly backend: Backend,
    tape: readonly TapeEntry[],
  ) {
    this.#tapeBefore = [...tape];
  }

  noteGradientOf(parameter: Tensor): void {
    if (!this.gradientsBefore.has(parameter)) this.gradientsBefore.set(parameter, parameter.gradient);
  }

  /** Notes that ids are looked up at each replay: the limits reach the buffers that they are copied from. */
  noteLookup({ sharedStorage }: Tensor, limits: IdLimits): void {
    for (const shared of new Set([sharedStorage, ...sharedStorage.roots])) {
      const known = this.expectedIds.get(shared);
      this.expectedIds.set(shared, known ? bothLimits(known, limits) : limits);
    }
  }

  /** A parameter whose gradient is one of the captured step, which no replay would free. */
  leftBehind(): Tensor | undefined {
    return [...this.gradientsBefore].find(([{ gradient }, before]) => gradient && gradient !== before && !gradient.isDisposed)?.[0];
  }

  /** After a failure: puts gradients and tape back as they were. */
  undo(tape: TapeEntry[]): void {
    for (const [parameter, before] of this.gradientsBefore) parameter.gradient = before;
    tape.length = 0;
    for (const entry of this.#tapeBefore) {
      entry.output.requiresGradient = true;
      entry.output.pathEnd = null;
      tape.push(entry);
    }
  }
}
