// Runs one job in the worker: between its steps it can be paused, advanced by one step, and cancelled.
import type { Job, Tools } from './job.js';
import type { Failure, FromWorker } from './protocol.js';

/** A figure gets at most this many milliseconds' worth of waiting between two updates: ten a second. */
const UPDATE_INTERVAL = 100;
/** After this many milliseconds of work, messages are let in. */
const BREATH_INTERVAL = 16;

class Cancelled extends Error {}

/** Ends this turn of the event loop. A message channel does so without the 4 ms that timers take. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export class Run {
  readonly #id: number;
  readonly #send: (message: FromWorker) => void;
  #paused: boolean;
  #stepsAllowed = 0;
  #cancelled = false;
  #wake: (() => void) | null = null;
  #lastUpdate = -Infinity;
  #lastBreath = performance.now();

  constructor(id: number, send: (message: FromWorker) => void, paused: boolean) {
    this.#id = id;
    this.#send = send;
    this.#paused = paused;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#wake?.();
  }

  /** Goes one step on and stops again. */
  step(): void {
    this.#paused = true;
    this.#stepsAllowed++;
    this.#wake?.();
  }

  cancel(): void {
    this.#cancelled = true;
    this.#wake?.();
  }

  preparing(what: string, share: number): void {
    this.#send({ type: 'preparing', run: this.#id, what, share });
  }

  async breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath >= BREATH_INTERVAL) {
      await nextTurn();
      this.#lastBreath = performance.now();
    }
    if (this.#cancelled) throw new Cancelled();
  }

  /** Runs the job to its end and reports how it ended; never rejects. */
  async run<Input>(job: Job<Input, unknown, unknown>, input: Input, tools: Tools): Promise<void> {
    const run = this.#id;
    try {
      const steps = job(input, tools);
      let pending: unknown;
      const flush = (): void => {
        if (pending === undefined) return;
        this.#send({ type: 'update', run, update: pending });
        pending = undefined;
        this.#lastUpdate = performance.now();
      };
      try {
        for (;;) {
          await this.breathe();
          if (this.#paused && this.#stepsAllowed === 0) {
            flush();
            await this.#untilAwake();
          }
          if (this.#stepsAllowed > 0) this.#stepsAllowed--;
          const { done, value } = await steps.next();
          if (done) {
            flush();
            this.#send({ type: 'done', run, result: value });
            return;
          }
          pending = value;
          if (performance.now() - this.#lastUpdate >= UPDATE_INTERVAL) flush();
        }
      } finally {
        await steps.return(undefined as never); // its `finally` frees what it holds
      }
    } catch (error) {
      if (error instanceof Cancelled) this.#send({ type: 'cancelled', run });
      else this.#send({ type: 'error', run, failure: failureOf(error) });
    }
  }

  async #untilAwake(): Promise<void> {
    this.#send({ type: 'paused', run: this.#id });
    while (this.#paused && this.#stepsAllowed === 0 && !this.#cancelled) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
    this.#lastBreath = performance.now();
    if (this.#cancelled) throw new Cancelled();
  }
}

/** Engines say in different words that memory ran out. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const memory = /out of memory|memory allocation|allocation failed|invalid (array|typed array) length|could not allocate/i.test(message);
  return { kind: memory ? 'memory' : 'job', message };
}
