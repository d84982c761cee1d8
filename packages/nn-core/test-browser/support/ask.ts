// Asks an engine in a worker or a service worker; whoever made it ends it.
import type { Answer, Question } from './engine.worker.js';

export const engineWorker = (): Worker => new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });

/** A service worker is started when it is asked, and may make no workers. */
export const engineServiceWorker = (): Promise<ServiceWorkerRegistration> =>
  navigator.serviceWorker.register(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });

export function ask(worker: Worker | ServiceWorker, question: Partial<Question> = {}): Promise<Answer> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = (event) => reject(new Error(`the worker failed: ${(event as ErrorEvent).message}`));
    worker.postMessage({ options: {}, works: [], brokenWorkers: false, ...question }, [port2]);
  });
}
