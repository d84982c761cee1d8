// What a job is: a generator in the worker that yields its state after every step and returns its result.
import type { Engine } from '@kk/nn-core';
import type { ReadyModel } from './ready-model.js';

/** What a job may use. */
export interface Tools {
  /** The one engine of the page, started on first use. */
  engine(): Promise<Engine>;
  /** A model with its tokenizer, shipped or the visitor's own; kept in memory for later jobs. */
  model(name: string): Promise<ReadyModel>;
  /** A value that later jobs use again, for example a trained chain. The newest few are kept; the key has to name everything the value depends on. */
  keep<Value>(key: string, make: () => Value | Promise<Value>): Promise<Value>;
  /** Tells the figure what takes long before the first step; `share` from 0 to 1. */
  preparing(what: string, share: number): void;
  /** Lets messages in, at most every 16 ms: call it in long loops between yields. Throws when the run was cancelled. */
  breathe(): Promise<void>;
}

/**
 * A job. Between two yields it should take less than 50 ms, so that two jobs run side by side and both can be paused and cancelled.
 * @typeParam Update  the complete state after a step, that a figure can draw by itself
 */
export type Job<Input, Update, Result> = (input: Input, tools: Tools) => AsyncGenerator<Update, Result, void>;

/** Declares a job: `export default defineJob(async function* (input: Input, tools) { ... })`. */
export function defineJob<Input, Update, Result>(job: Job<Input, Update, Result>): Job<Input, Update, Result> {
  return job;
}
