// Shows progress: on a terminal in a line that is replaced, elsewhere as a new line from time to time.
import type { Terminal } from './terminal.js';

// Often enough to look smooth, seldom enough to cost nothing.
const REPLACE_EVERY_MILLISECONDS = 120;

export interface ProgressOptions {
  /** Seconds between two lines without a terminal. Default 5. */
  plainEverySeconds?: number;
  /** Returns the time in milliseconds; tests replace it. */
  now?: () => number;
}

export class Progress {
  readonly #terminal: Terminal;
  readonly #interval: number;
  readonly #now: () => number;
  #last: number;
  #plainLines = 0;

  constructor(terminal: Terminal, { plainEverySeconds = 5, now = () => performance.now() }: ProgressOptions = {}) {
    this.#terminal = terminal;
    this.#interval = terminal.interactive ? REPLACE_EVERY_MILLISECONDS : plainEverySeconds * 1000;
    this.#now = now;
    // On a terminal the first line appears at once; in a log file only after a while.
    this.#last = terminal.interactive ? -Infinity : now();
  }

  /** Shows the state if enough time has passed; `render` is called only then. */
  update(render: () => string): void {
    const now = this.#now();
    if (now - this.#last < this.#interval) return;
    this.#last = now;
    if (this.#terminal.interactive) return this.#terminal.replace(render());
    this.#plainLines++;
    this.#terminal.print(render());
  }

  /** Call it before printing permanent lines: removes the replaceable lines, or separates the plain ones. The next update is shown at once. */
  pause(): void {
    if (this.#plainLines > 0) this.#terminal.print();
    this.#plainLines = 0;
    this.done();
    if (this.#terminal.interactive) this.#last = -Infinity;
  }

  /** Removes the replaceable lines. */
  done(): void {
    this.#terminal.clear();
  }
}

/** A bar such as `████████░░░░`, for a share from 0 to 1. */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.max(0, Math.min(1, share)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

/** The recent speed of something: the mean over the last seconds, so that a pause is soon forgotten. */
export class Pace {
  readonly #window: number;
  #events: { amount: number; seconds: number }[] = [];
  #amount = 0;
  #seconds = 0;

  /** @param window  the number of seconds to average over */
  constructor(window = 3) {
    this.#window = window;
  }

  add(amount: number, seconds: number): void {
    this.#events.push({ amount, seconds });
    this.#amount += amount;
    this.#seconds += seconds;
    while (this.#seconds > this.#window && this.#events.length > 1) {
      const oldest = this.#events.shift()!;
      this.#amount -= oldest.amount;
      this.#seconds -= oldest.seconds;
    }
  }

  /** Amount per second; NaN before anything happened. */
  get perSecond(): number {
    return this.#seconds > 0 ? this.#amount / this.#seconds : NaN;
  }

  /** Seconds per event; NaN before anything happened. */
  get secondsPerEvent(): number {
    return this.#events.length > 0 ? this.#seconds / this.#events.length : NaN;
  }
}
