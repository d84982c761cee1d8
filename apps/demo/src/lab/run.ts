// Runs one job in the worker: between its steps it can be paused, advanced by one step, and cancelled.
import type { Job, Tools } from './job.js';
import type { Failure, FromWorker } from './protocol.js';

/** A figure gets at most this many milliseconds' worth of waiting between two updates: ten a second. */
const UPDATE_INTERVAL = 100;
/** After this many milliseconds of work, messages are let in. */
const BREATH_INTERVAL = 16;

/** Thrown inside a job whose run was cancelled. */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

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
  /** Whether a step is being made; a single one, allowed while paused, goes through to its end. */
  #progress: 'between' | 'in step' | 'in single step' = 'between';
  /** How many values the job is making for other runs, too: those are not paused half-made. */
  #making = 0;
  #cancelled = false;
  #ended = false;
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

  /** Ends the run at once for its figure, whatever the job waits for; the job itself ends when it next lets messages in. */
  cancel(): void {
    this.#cancelled = true;
    this.#end({ type: 'cancelled', run: this.#id });
    this.#wake?.();
  }

  preparing(what: string, share: number): void {
    if (!this.#ended) this.#send({ type: 'preparing', run: this.#id, what, share });
  }

  async breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath >= BREATH_INTERVAL) {
      await nextTurn();
      this.#lastBreath = performance.now();
    }
    if (this.#cancelled) throw new Cancelled();
    if (!this.#paused || this.#progress === 'in single step' || this.#making > 0) return;
    if (this.#stepsAllowed === 0) await this.#untilAwake();
    if (this.#progress === 'in step') this.#takeStep(); // a step that was interrupted is finished as a single one
  }

  #takeStep(): void {
    this.#progress = this.#stepsAllowed > 0 ? 'in single step' : 'in step';
    if (this.#stepsAllowed > 0) this.#stepsAllowed--;
  }

  /** Makes a value that other runs may wait for. It is not paused, and being cancelled is the fate of this run alone. */
  async making<Value>(make: () => Value | Promise<Value>): Promise<Value> {
    this.#making++;
    try {
      return await make();
    } finally {
      this.#making--;
    }
  }

  get isCancelled(): boolean {
    return this.#cancelled;
  }

  /** Runs the job to its end and reports how it ended; never rejects. */
  async run<Input>(job: Job<Input, unknown, unknown>, input: Input, tools: Tools): Promise<void> {
    const run = this.#id;
    try {
      const steps = job(input, tools);
      let pending: unknown;
      const flush = (): void => {
        if (pending === undefined || this.#ended) return;
        this.#send({ type: 'update', run, update: pending });
        pending = undefined;
        this.#lastUpdate = performance.now();
      };
      try {
        for (;;) {
          this.#progress = 'between';
          if (this.#paused && this.#stepsAllowed === 0) flush();
          await this.breathe();
          this.#takeStep();
          const { done, value } = await steps.next();
          if (done) {
            flush();
            this.#end({ type: 'done', run, result: value });
            return;
          }
          pending = value;
          if (performance.now() - this.#lastUpdate >= UPDATE_INTERVAL) flush();
        }
      } finally {
        await steps.return(undefined as never); // its `finally` frees what it holds
      }
    } catch (error) {
      this.#end(error instanceof Cancelled ? { type: 'cancelled', run } : { type: 'error', run, failure: failureOf(error) });
    }
  }

  /** Sends the last message of the run, once. */
  #end(message: FromWorker): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#send(message);
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
  const network = /failed to fetch|load failed|networkerror|dynamically imported module/i.test(message);
  return { kind: memory ? 'memory' : network ? 'network' : 'job', message };
}
