// One thread of Hogwild training: a worker of Node or of a browser.
import { type ThreadAnswer, type ThreadJob, threadProgram, type ThreadStart } from './thread-program.js';

/** The parts of Node that are used here. */
interface NodeWorker {
  on(event: 'message', listener: (answer: ThreadAnswer) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  postMessage(message: unknown): void;
  terminate(): unknown;
}
interface NodeProcess {
  readonly versions?: { readonly node?: string };
  getBuiltinModule?(name: 'node:worker_threads'): { Worker: new (source: string, options: { eval: true; execArgv: readonly string[] }) => NodeWorker };
}

/** @throws TypeError where workers cannot share memory */
export function checkThreads(): void {
  const { process, crossOriginIsolated } = globalThis as { process?: NodeProcess; crossOriginIsolated?: boolean };
  if (process?.versions?.node !== undefined || crossOriginIsolated === true) return;
  throw new TypeError('trainWordVectors: more than one thread needs shared memory, which a page has only when it is cross-origin isolated; leave threads out, or send the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.');
}

export class Thread {
  readonly #send: (message: unknown) => void;
  readonly #stop: () => void;
  #waiting: { resolve: (answer: ThreadAnswer) => void; reject: (error: Error) => void } | undefined;
  #failure: Error | undefined;

  constructor(start: ThreadStart) {
    const { process } = globalThis as { process?: NodeProcess };
    if (process?.versions?.node !== undefined) {
      const worker = new (process.getBuiltinModule!('node:worker_threads').Worker)(threadProgram, { eval: true, execArgv: [] });
      worker.on('message', (answer) => this.#waiting?.resolve(answer));
      worker.on('error', (error) => this.#fail(error));
      this.#send = (message) => worker.postMessage(message);
      this.#stop = () => void worker.terminate();
    } else {
      const address = URL.createObjectURL(new Blob([threadProgram], { type: 'text/javascript' }));
      const worker = new Worker(address);
      worker.onmessage = ({ data }) => this.#waiting?.resolve(data as ThreadAnswer);
      worker.onerror = ({ message }) => this.#fail(new Error(`A training thread failed: ${message}`));
      this.#send = (message) => worker.postMessage(message);
      this.#stop = () => {
        worker.terminate();
        URL.revokeObjectURL(address);
      };
    }
    this.#send(start);
  }

  /** One job at a time. @throws what went wrong in the thread */
  learn(job: ThreadJob): Promise<ThreadAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (this.#failure) reject(this.#failure);
      else this.#send(job);
    });
  }

  stop(): void {
    this.#stop();
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#waiting?.reject(error);
  }
}
