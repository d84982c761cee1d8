// Carries out long work in steps, with a line that says how far it is and how long it takes; Ctrl-C ends it between two steps.
import type { Steps } from '@kk/markov';
import type { Context } from '../context.js';
import { numberFormats } from './numbers.js';
import { Progress } from './progress.js';

// Often enough that Ctrl-C works at once.
const BREATHE_EVERY_MILLISECONDS = 50;

const numbers = numberFormats('en');

export interface LongWorkOptions {
  /** What is done, such as `counting n-grams`. */
  what: string;
  /** Whether to show nothing. */
  quiet: boolean;
}

/** The line of work that tells itself how far it is. */
export class ShownWork {
  readonly #progress: Progress;
  readonly #options: LongWorkOptions;
  readonly #started = performance.now();

  constructor(context: Context, options: LongWorkOptions) {
    this.#progress = new Progress(context.errors);
    this.#options = options;
  }

  /** @param share  what is done, from 0 to 1 */
  show(share: number): void {
    const { what, quiet } = this.#options;
    if (!quiet) this.#progress.update(() => ` ${what}, ${numbers.percent(share)}${timeLeft(share, this.#started)}`);
  }

  /** Removes the line. */
  done(): void {
    this.#progress.done();
  }
}

/**
 * @param steps  yields the share that is done, from 0 to 1, and returns the result
 * @throws the signal's reason when stopped
 */
export async function inSteps<T>(context: Context, steps: Steps<T>, options: LongWorkOptions): Promise<T> {
  const work = new ShownWork(context, options);
  work.show(0);
  let breathed = performance.now();
  await context.breathe();
  try {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      work.show(step.value);
      if (performance.now() - breathed < BREATHE_EVERY_MILLISECONDS) continue;
      await context.breathe();
      breathed = performance.now();
    }
  } finally {
    work.done();
  }
}

/** The share from which the time that is left can be estimated. */
const KNOWN_FROM = 0.02;

/** For example `, 5 s left`; nothing before it can be known. */
export const timeLeft = (share: number, started: number): string => (share >= KNOWN_FROM ? `, ${numbers.duration(((performance.now() - started) / 1000) * (1 / share - 1))} left` : '');
