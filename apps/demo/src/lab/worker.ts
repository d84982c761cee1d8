// The worker: all computation of the page, in one engine. It starts runs of jobs and passes messages on to them.
import { init, type Engine } from '@kk/nn-core';
import { holdModel } from '../storage/own-models.js';
import type { Job, Tools } from './job.js';
import { jobs } from './jobs/index.js';
import { Kept } from './kept.js';
import type { FromWorker, ToWorker } from './protocol.js';
import { ModelsInUse } from './models-in-use.js';
import { loadModel } from './ready-model.js';
import { Cancelled, failureOf, Run } from './run.js';

const send = (message: FromWorker): void => postMessage(message);
const runs = new Map<number, Run>();
const kept = new Kept(6);
const models = new ModelsInUse((name, onProgress) => loadModel(name, startEngine(), onProgress));
let engine: Promise<Engine> | null = null;

function startEngine(): Promise<Engine> {
  if (!engine) {
    engine = init('wasm').then((started) => {
      const threads = Number(/(\d+) thread/.exec(started.backend.description)?.[1] ?? 1);
      send({ type: 'environment', environment: { description: started.backend.description, threads, isolated: self.crossOriginIsolated } });
      return started;
    });
    engine.catch(() => (engine = null)); // so that the next run tries again
  }
  return engine;
}

/** @param used  gets the names of the models that the run takes; they are its own until it has ended */
function toolsOf(run: Run, used: string[]): Tools {
  return {
    engine: startEngine,
    async model(name) {
      const model = await models.take(name, (share) => run.preparing('model', share));
      used.push(name);
      return model;
    },
    keep: (key, make) => kept.get(key, () => run.making(make), (error) => error instanceof Cancelled && !run.isCancelled),
    preparing: (what, share) => run.preparing(what, share),
    breathe: () => run.breathe(),
  };
}

async function start({ run: id, job: name, input, paused = false }: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  const run = new Run(id, send, paused);
  runs.set(id, run);
  const used: string[] = [];
  try {
    const job = (await jobs[name]()).default as Job<unknown, unknown, unknown>;
    await run.run(job, input, toolsOf(run, used));
  } catch (error) {
    if (!run.isCancelled) send({ type: 'error', run: id, failure: failureOf(error) }); // the job's file could not be loaded
  } finally {
    runs.delete(id);
    for (const model of used) await models.giveBack(model);
  }
}

// Whoever waits for this lock gets it when the worker has ended, whatever ended it.
void navigator.locks?.request(self.name, () => {
  send({ type: 'locked' });
  return new Promise(() => {});
});

// What was loaded without a service worker is told, so that it is kept for offline use once there is one.
new PerformanceObserver((list) => {
  for (const entry of list.getEntries() as PerformanceResourceTiming[]) if (entry.workerStart === 0 && entry.name.startsWith(self.location.origin)) send({ type: 'loaded', url: entry.name });
}).observe({ type: 'resource', buffered: true });

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'ping') send({ type: 'pong' });
  else if (data.type === 'model') holdModel(data.model);
  else if (data.type === 'start') void start(data);
  else runs.get(data.run)?.[data.type]();
});
