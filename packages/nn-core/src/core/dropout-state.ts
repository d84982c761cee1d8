// Where dropout's random numbers come from: a key, the training step, and a running number for each use within a step.
//
// The key and the step lie in a buffer on the device, so that a captured step drops other elements at each replay and
// the same elements as eager code would.
import type { Engine } from './engine.js';
import type { Tensor } from './tensor.js';

export class DropoutState {
  #buffer: Tensor | null = null;
  #stream = 0;

  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Starts a training step: the same seed and step give the same dropped elements. Both are whole numbers >= 0. */
  begin(seed: number, step: number): void {
    if (!Number.isSafeInteger(seed) || seed < 0 || !Number.isSafeInteger(step) || step < 0) {
      throw new RangeError(`Dropout got seed ${seed} and step ${step}: both must be whole numbers >= 0.`);
    }
    this.tensor().set([seed | 0, Math.floor(seed / 0x100000000) | 0, step | 0]);
    this.#stream = 0;
  }

  /** The buffer (3) that the dropout kernel reads. */
  tensor(): Tensor {
    this.#buffer ??= this.#engine.keep(this.#engine.tensor([0, 0, 0], [3], 'int32'));
    return this.#buffer;
  }

  /** Before a step is captured: counts from 0, as after `begin`, and has its buffer, which the plan reads at each replay. */
  restart(): void {
    this.tensor();
    this.#stream = 0;
  }

  /** Runs `fn` so that it drops what was dropped when the count stood at `position`. */
  replayFrom<T>(position: number, fn: () => T): T {
    const before = this.#stream;
    this.#stream = position;
    try {
      return fn();
    } finally {
      this.#stream = before;
    }
  }

  /** How many dropouts there have been in this step. */
  get position(): number {
    return this.#stream;
  }

  /** A new stream for one use of dropout. */
  nextStream(): number {
    return this.#stream++;
  }
}
