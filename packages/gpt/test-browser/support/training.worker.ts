// The worker in which a page trains, as an app would have one: it tells what happens, sends checkpoints, stops when it is told to, and may begin
// another run after that.
import { init } from '@kk/nn-core';
import { fromCheckpoint, GPT, toCheckpoint, train, Trainer, validationOf, type StepReport, type TrainingEvent } from '../../src/index.js';

export interface Start {
  readonly type: 'start';
  readonly steps: number;
  readonly saveEvery: number;
  readonly evaluateEvery: number;
  /** Go on from here. */
  readonly checkpoint?: Uint8Array;
}

/** What the page may say. */
export type Order = Start | { readonly type: 'stop' };

/** What the page hears: the loop's events, the bytes of each checkpoint, and how it ended. */
export type News = TrainingEvent<StepReport> | { readonly type: 'checkpoint'; readonly step: number; readonly bytes: Uint8Array } | { readonly type: 'end'; readonly why: string };

const config = { vocabSize: 11, contextLength: 8, layers: 2, heads: 2, width: 16, dropout: 0.1 };
const text = Int32Array.from({ length: 300 }, (_, i) => (i * i + 3 * i) % 11);
/** Ends the run that goes on. */
let stop: AbortController;
const tell = (news: News): void => postMessage(news);

async function run({ steps, saveEvery, evaluateEvery, checkpoint }: Start): Promise<void> {
  stop = new AbortController();
  const engine = await init('wasm');
  const options = { batchSize: 3, steps, warmupSteps: 2, learningRate: 1e-2, minimumLearningRate: 1e-2, seed: 3 };
  const trainer = checkpoint ? fromCheckpoint(engine, checkpoint, text, { changes: { steps } }).trainer : new Trainer(new GPT(engine, config, { seed: 1 }), text, options);
  const save = async (): Promise<void> => tell({ type: 'checkpoint', step: trainer.stepsDone, bytes: await toCheckpoint(trainer) });
  try {
    for await (const event of train(trainer, { evaluate: validationOf(trainer.model, text.subarray(0, 60)), evaluateEvery, saveEvery, signal: stop.signal })) {
      tell(event);
      if (event.type === 'save') await save();
    }
    tell({ type: 'end', why: 'done' });
  } catch (error) {
    if (stop.signal.aborted) await save();
    tell({ type: 'end', why: (error as Error).message });
  } finally {
    engine.dispose();
  }
}

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  if (data.type === 'stop') stop.abort(new Error('stopped by the page'));
  else void run(data);
});
