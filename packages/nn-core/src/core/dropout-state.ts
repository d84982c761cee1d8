// Tells dropout its random numbers by a seed, the training step, and a running number for each use within a step.
//
// Seed and step lie in a buffer on the device, so that a captured step drops other elements at each replay. A replay is a
// step of its own: it goes on to the next one by itself, unless `begin` has just named it. So replays after `begin(seed, s)`
// drop what eager code drops after `begin(seed, s)`, `begin(seed, s + 1)`, and so on.
import type { Engine } from './engine.js';
import type { Tensor } from './tensor.js';

/** Steps are 32 bits of the generator's counter: a higher one would drop what an earlier one has dropped. */
const MOST_STEP = 0xffffffff;

export class DropoutState {
  #buffer: Tensor | null = null;
  #seed = 0;
  #step = 0;
  #stream = 0;
  /** The buffer's contents: the lower and the upper half of the seed, the step. */
  readonly #words = new Int32Array(3);

  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * Starts a training step: the same seed and step give the same dropped elements.
   * @param seed a whole number from 0 to 2^53 - 1
   * @param step a whole number from 0 to 2^32 - 1: what the generator counts steps with
   * @throws RangeError for other numbers
   */
  begin(seed: number, step: number): void {
    if (!Number.isSafeInteger(seed) || seed < 0 || !Number.isInteger(step) || step < 0 || step > MOST_STEP) {
      throw new RangeError(`Dropout got seed ${seed} and step ${step}; expected whole numbers of 0 or more, a seed up to ${Number.MAX_SAFE_INTEGER} and a step up to ${MOST_STEP}.`);
    }
    this.#words[0] = seed;
    this.#words[1] = Math.floor(seed / 0x100000000);
    this.#words[2] = step;
    this.#engine.write(this.tensor(), this.#words);
    this.#seed = seed;
    this.#step = step;
    this.#stream = 0;
  }

  /** Before a replay that uses dropout `count` times: starts the next step, unless nothing was dropped in this one yet. */
  beginReplay(count: number): void {
    if (this.#stream > 0) this.begin(this.#seed, this.#step + 1);
    this.#stream = count;
  }

  /** The buffer (3) that the dropout kernel reads. A captured step finds it outside, or could not be given another step. */
  tensor(): Tensor {
    this.#buffer ??= this.#engine.withCapture(null, () => this.#engine.keep(this.#engine.tensor([0, 0, 0], [3], 'int32')));
    return this.#buffer;
  }

  /** Frees the buffer when there was none before: for a capture that failed. */
  freeUnless(hadBuffer: boolean): void {
    if (hadBuffer) return;
    this.#buffer?.dispose();
    this.#buffer = null;
  }

  get hasBuffer(): boolean {
    return this.#buffer !== null;
  }

  /** Runs `fn` so that it drops what is dropped when the count stands at `position`, and sets the count back. */
  atPosition<T>(position: number, fn: () => T): T {
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
