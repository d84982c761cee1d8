// Two GPTs that are trained at once on one engine, while a third one writes, get the same bits as alone.
import { init } from '@kk/nn-core';
import { generate } from '@kk/sampler';
import { expect, it } from 'vitest';
import { Decoder, evaluate, GPT, Trainer, type GPTConfig } from '../src/index.js';

const config: GPTConfig = { vocabSize: 7, contextLength: 8, layers: 1, heads: 2, width: 16, dropout: 0.1 };
const text = Int32Array.from({ length: 200 }, (_, i) => (i * i) % 7);

it.each(['cpu', 'wasm'] as const)('models share an engine on %s', async (backend) => {
  const run = async (engine: Awaited<ReturnType<typeof init>>, which: number): Promise<number[]> => {
    const model = new GPT(engine, { ...config, layers: 1 + which }, { seed: which });
    const numbers: number[] = [];
    if (which === 2) {
      for await (const id of generate(new Decoder(model), [1, 2], { maxTokens: 30, temperature: 1, seed: 5 })) numbers.push(id);
      return numbers;
    }
    const trainer = new Trainer(model, text, { batchSize: 3, accumulationSteps: 1 + which, steps: 10, seed: which }, { eager: which === 1 });
    while (!trainer.isDone) {
      numbers.push((await trainer.step()).loss);
      if (trainer.stepsDone % 4 === 0) numbers.push((await evaluate(model, text)).loss);
    }
    for (const parameter of model.parameters()) numbers.push(...(await parameter.data()));
    return numbers;
  };
  const alone = [];
  for (const which of [0, 1, 2]) {
    const engine = await init(backend);
    alone.push(await run(engine, which));
    engine.dispose();
  }
  const engine = await init(backend);
  expect(await Promise.all([0, 1, 2].map((which) => run(engine, which)))).toEqual(alone);
  engine.dispose();
});
