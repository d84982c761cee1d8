// Lets threads meet through a few shared numbers: a job to start, a barrier, signs of life. They lie in the kernels' own memory,
// each in a cache line of its own.
//
// Waiting spins for a moment and then sleeps. Spinning is what makes a barrier between two kernels cost a microsecond;
// sleeping is what makes an idle worker cost nothing.

const LINE = 16; // Int32 elements in 64 bytes

/** Counts jobs; workers wait for it to change. */
const JOB = 0 * LINE;
/** Where the job's command list begins, in units of 8 bytes; or EXIT. */
const JOB_START = 1 * LINE;
/** Threads that have arrived at the current barrier. */
const ARRIVED = 2 * LINE;
/** Counts barriers; whoever arrives last raises it. */
const PASSED = 3 * LINE;
/** 1 + the number of the thread in which a kernel failed. */
const FAILED = 4 * LINE;
/** From here on, one line a thread: commands it has finished. */
const PROGRESS = 5 * LINE;

const EXIT = -1;

export const controlBytes = (threads: number): number => (PROGRESS + threads * LINE) * 4;

/** How often to look again before sleeping at a barrier: about 50 microseconds. */
const SPINS = 20_000;
/** And before sleeping until the next job: about a millisecond, the time between two kernels of eager code. Waking takes a tenth of that. */
const IDLE_SPINS = 400_000;
/** How long to sleep at most before looking for signs of life, in milliseconds. */
const NAP = 200;
/** How often to look at least before a thread is taken for dead. */
const FEWEST_LOOKS = 30;

export class Control {
  readonly #cells: Int32Array;

  readonly #part: number;
  readonly #parts: number;
  /**
   * A thread that gets nothing done for this long is taken for dead, in milliseconds. Looks are counted, each after a nap, and
   * not the time on a clock, which goes on while the machine sleeps or the process is stopped (Ctrl-Z).
   */
  readonly #patience: number;

  constructor(
    memory: WebAssembly.Memory,
    address: number,
    part: number,
    parts: number,
    patience: number,
  ) {
    this.#part = part;
    this.#parts = parts;
    this.#patience = patience;
    this.#cells = new Int32Array(memory.buffer, address, controlBytes(parts) / 4);
  }

  /** For the main thread, once: all cells to 0. */
  reset(): void {
    this.#cells.fill(0);
  }

  /** For the main thread: lets all workers run the command list at `start`. */
  startJob(start: number): void {
    this.#cells[JOB_START] = start;
    Atomics.add(this.#cells, JOB, 1);
    Atomics.notify(this.#cells, JOB);
  }

  /** For the main thread: lets all workers end. */
  startExit(): void {
    this.startJob(EXIT);
  }

  /** For workers: waits for the next job after number `seen`. Null means: end. */
  nextJob(seen: number): { number: number; start: number } | null {
    for (let spin = 0; spin < IDLE_SPINS && Atomics.load(this.#cells, JOB) === seen; spin++);
    while (Atomics.load(this.#cells, JOB) === seen) Atomics.wait(this.#cells, JOB, seen);
    const start = this.#cells[JOB_START];
    return start === EXIT ? null : { number: Atomics.load(this.#cells, JOB), start };
  }

  /** Counts a finished command: the sign of life. */
  progress(): void {
    this.#cells[PROGRESS + this.#part * LINE]++;
  }

  /** For a thread whose kernel failed. */
  fail(): void {
    Atomics.store(this.#cells, FAILED, this.#part + 1);
    Atomics.notify(this.#cells, PASSED);
  }

  /**
   * Returns once every thread has arrived here.
   * @throws Error when a thread failed or gives no sign of life any more
   */
  barrier(): void {
    const cells = this.#cells;
    const turn = Atomics.load(cells, PASSED);
    if (Atomics.add(cells, ARRIVED, 1) === this.#parts - 1) {
      Atomics.store(cells, ARRIVED, 0);
      Atomics.add(cells, PASSED, 1);
      Atomics.notify(cells, PASSED);
      return;
    }
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(cells, PASSED) !== turn) return;
    const nap = Math.min(NAP, this.#patience / FEWEST_LOOKS);
    const mostLooks = Math.ceil(this.#patience / nap);
    let lastSeen = this.#progressOfAll();
    let looks = 0; // since the last sign of life
    while (Atomics.load(cells, PASSED) === turn) {
      if (Atomics.wait(cells, PASSED, turn, nap) === 'timed-out') looks++;
      const failed = Atomics.load(cells, FAILED);
      if (failed) throw new Error(`wasm: a kernel failed in worker thread ${failed - 1}: the engine can no longer be used; make a new one with init().`);
      const seen = this.#progressOfAll();
      if (seen !== lastSeen) {
        lastSeen = seen;
        looks = 0;
      } else if (looks >= mostLooks) {
        throw new Error(`wasm: a worker thread has not answered for ${(this.#patience / 1000).toFixed(1)} s, it has probably died: make a new engine with init(), perhaps with { threads: 1 }.`);
      }
    }
  }

  #progressOfAll(): number {
    let sum = 0;
    for (let part = 0; part < this.#parts; part++) sum += this.#cells[PROGRESS + part * LINE];
    return sum;
  }
}
