// Long work in steps of some milliseconds: a generator yields between them, so that the caller can show progress, pause, or stop.
import { checkOptions } from '@kk/nn-core';
import { Pauses } from './pauses.js';

/** Work that yields the share that is done, 0 to 1, and returns its result. */
export type Steps<T> = Generator<number, T, void>;

export interface RunOptions {
  /** Stops between two steps; the call then throws the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Gets the share that is done, 0 to 1, after each step. */
  onProgress?: ((share: number) => void) | undefined;
}

/** Runs all steps with pauses in between, so that a page or a server stays alive. @throws the signal's reason when it is aborted */
export async function runSteps<T>(steps: Steps<T>, options: RunOptions = {}): Promise<T> {
  checkOptions<RunOptions>('runSteps', options, { signal: 'optional', onProgress: 'optional' });
  const { signal, onProgress } = options;
  const pauses = new Pauses(signal);
  signal?.throwIfAborted();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    onProgress?.(value);
    if (pauses.due) await pauses.take();
  }
}

/** Runs all steps at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same work as a part of larger work, with progress scaled to the range from `from` to `to`. */
export function* within<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}
