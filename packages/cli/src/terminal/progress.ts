// Progress that people can follow: a line that is replaced on a terminal, a line now and then elsewhere.
import { type Terminal } from './terminal.js';

// Often enough to look alive, seldom enough to cost nothing.
const REPLACE_EVERY_MILLISECONDS = 120;

export interface ProgressOptions {
  /** Without a terminal: seconds between two lines. Default 5. */
  plainEverySeconds?: number;
  /** The time in milliseconds; tests bring their own. */
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
    // A terminal gets its first picture at once; a log file only once it has taken a while.
    this.#last = terminal.interactive ? -Infinity : now();
  }

  /** Shows the state if it is time for it; `render` is only called then. */
  update(render: () => string): void {
    const now = this.#now();
    if (now - this.#last < this.#interval) return;
    this.#last = now;
    if (this.#terminal.interactive) return this.#terminal.replace(render());
    this.#plainLines++;
    this.#terminal.print(render());
  }

  /** Makes room for lines that stay: takes the replaceable lines away, or sets off the plain ones. The next update comes at once. */
  pause(): void {
    if (this.#plainLines > 0) this.#terminal.print();
    this.#plainLines = 0;
    this.done();
    if (this.#terminal.interactive) this.#last = -Infinity;
  }

  /** Takes the replaceable lines away. */
  done(): void {
    this.#terminal.clear();
  }
}

/** `████████░░░░` of a width, for a share from 0 to 1. */
export function bar(share: number, width: number): string {
  const filled = Math.round(Math.max(0, Math.min(1, share)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

/** How fast something went lately: the mean over the last seconds, so that a pause is soon forgotten. */
export class Pace {
  readonly #window: number;
  #events: { amount: number; seconds: number }[] = [];
  #amount = 0;
  #seconds = 0;

  /** @param window  seconds to look back */
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
