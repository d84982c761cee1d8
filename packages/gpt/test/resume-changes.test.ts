// What may be different when a run goes on, and what may not.
import { init } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { fromCheckpoint, GPT, toCheckpoint, Trainer } from '../src/index.js';

const ids = Uint16Array.from({ length: 200 }, (_, i) => (i * i) % 7);

it('goes on with more steps and another rate; another seed is refused by name', async () => {
  const engine = await init('wasm', { threads: 1 });
  const model = new GPT(engine, { vocabSize: 7, contextLength: 8, layers: 1, heads: 2, width: 16, dropout: 0 }, { seed: 1 });
  const trainer = new Trainer(model, ids, { batchSize: 4, steps: 2, warmupSteps: 1, learningRate: 1e-2 });
  await trainer.step();
  const bytes = await toCheckpoint(trainer);
  const { trainer: resumed } = fromCheckpoint(engine, bytes, ids, { changes: { steps: 3, learningRate: 2e-3, minimumLearningRate: 2e-3 } });
  expect(resumed.options).toEqual({ ...trainer.options, steps: 3, learningRate: 2e-3, minimumLearningRate: 2e-3 });
  expect((await resumed.step()).learningRate).toBeCloseTo(2e-3, 12);
  expect(resumed.isDone).toBe(false);
  expect(() => fromCheckpoint(engine, bytes, ids, { changes: { seed: 2 } as object })).toThrow('cannot go on with another seed');
  engine.dispose();
});
