// Declares what a backend gets of a captured step: commands, and the buffers that live only within the step.
import type { DType, Storage } from './backend.js';
import type { KernelName } from './kernels.js';

/** A buffer that was asked for while a step was captured; it gets its place when the plan is made. */
export class PlannedStorage implements Storage {
  /** Numbers that were written into it while capturing: a constant of the step. */
  constant: ArrayLike<number> | null = null;

  constructor(
    readonly dtype: DType,
    readonly length: number,
  ) {}
}

/** One kernel to run; planned buffers stand beside real ones. */
export interface Command {
  readonly kernel: KernelName;
  readonly buffers: readonly (Storage | null)[];
  readonly numbers: readonly number[];
}

/** A planned buffer that nobody needs before command `first` or after command `last`. */
export interface Transient {
  readonly storage: PlannedStorage;
  readonly first: number;
  readonly last: number;
}

/** The commands of a step, and the lifetimes of its planned buffers: what a backend turns into a plan. */
export interface CapturedStep {
  readonly commands: readonly Command[];
  readonly transients: readonly Transient[];
}

/** A captured step that a backend has prepared: run it as often as needed. */
export interface PreparedPlan {
  /** Runs all commands once. Allocates nothing. */
  run(): void;
  /** Bytes that all transient buffers share. */
  readonly arenaBytes: number;
  dispose(): void;
}
