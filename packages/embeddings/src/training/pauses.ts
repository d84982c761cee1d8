// Lets timers, signals and the page run during long work.

/** Work goes on for this long at a time: short enough that a page stays smooth. Milliseconds. */
const WORK = 12;

export class Pauses {
  readonly #signal: AbortSignal | undefined;
  #next = performance.now() + WORK;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Whether it is time for a pause. */
  get due(): boolean {
    return performance.now() >= this.#next;
  }

  /** Resolves after the event loop has handled what waits. @throws the signal's reason when it was aborted */
  async take(): Promise<void> {
    await eventLoop();
    this.#signal?.throwIfAborted();
    this.#next = performance.now() + WORK;
  }
}

function eventLoop(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel(); // setTimeout would wait at least 4 ms in browsers
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
