// Llama-shaped models in everything that takes a model: training, checkpoints, generation, int8, counting. What they compute is compared with
// PyTorch in llama-torch.test.ts, their folders are in llama-folders.test.ts.
import { createCpuBackend, Engine, init, QuantizedLinear } from '@kk/nn-core';
import { generate } from '@kk/sampler';
import { describe, expect, it } from 'vitest';
import { countParameters, createTransformer, Decoder, evaluate, flopsPerToken, fromCheckpoint, GPT, Llama, quantizeModel, shortenContext, toCheckpoint, Trainer, type LlamaConfig } from '../src/index.js';

const config: LlamaConfig = { family: 'mistral', vocabSize: 7, contextLength: 8, layers: 2, heads: 4, keyValueHeads: 2, width: 16, feedForwardWidth: 24, window: 5 };
const kinds: LlamaConfig[] = [
  config,
  { ...config, family: 'llama', window: 0, headSize: 6, attentionBias: true, feedForwardBias: true, tiedEmbeddings: true },
  { ...config, family: 'qwen2', layers: 3, layersWithoutWindow: 1, rotaryScaling: { kind: 'linear', factor: 2 } },
];
const counting = Int32Array.from({ length: 400 }, (_, i) => i % 7);
const options = { batchSize: 4, steps: 60, warmupSteps: 5, learningRate: 1e-2, minimumLearningRate: 1e-3 };

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm on 2 threads', () => init('wasm', { threads: 2 })],
];

async function finish(trainer: Trainer): Promise<number[]> {
  const losses: number[] = [];
  while (!trainer.isDone) losses.push((await trainer.step()).loss);
  return losses;
}

describe.each(devices)('a Llama-shaped model on %s', async (_, make) => {
  const engine = await make();

  it.each(kinds)('learns, writes what it learned, and does so in int8: $family', async (kind) => {
    const model = new Llama(engine, kind, { seed: 1 });
    const trainer = new Trainer(model, counting, options);
    const losses = await finish(trainer);
    trainer.dispose();
    expect(losses[0]).toBeCloseTo(Math.log(7), 1);
    const { loss } = await evaluate(model, counting);
    expect(loss).toBeLessThan(0.3); // the first token of each window is the hard one
    const written = async (): Promise<number[]> => {
      const ids: number[] = [];
      const decoder = new Decoder(model, { keepOnOverflow: 4 });
      for await (const id of generate(decoder, [3, 4], { maxTokens: 20, temperature: 0 })) ids.push(id);
      decoder.dispose();
      return ids;
    };
    const wanted = Array.from({ length: 20 }, (__, i) => (5 + i) % 7);
    expect(await written()).toEqual(wanted);
    await quantizeModel(model);
    expect([...model.namedModules().values()].filter((layer) => layer instanceof QuantizedLinear)).toHaveLength(7 * kind.layers + 1);
    expect(await written()).toEqual(wanted);
    expect(Math.abs((await evaluate(model, counting)).loss - loss)).toBeLessThan(0.05 * loss + 0.005);
    expect(() => new Trainer(model, counting)).toThrow('the model has int8 weights');
    model.dispose();
  });

  it('trains with the same bits eagerly, from a captured plan, and with its activations recomputed', async () => {
    const run = async (mode: { eager?: boolean; activationCheckpointing?: boolean }): Promise<number[]> => finish(new Trainer(new Llama(engine, kinds[2]!, { seed: 2 }), counting, { ...options, steps: 6 }, mode));
    const captured = await run({});
    expect(await run({ eager: true })).toEqual(captured);
    expect(await run({ activationCheckpointing: true })).toEqual(captured);
  });

  it('goes on from a checkpoint with the same bits', async () => {
    const straight = new Trainer(new Llama(engine, kinds[1]!, { seed: 3 }), counting, { ...options, steps: 10 });
    const losses = await finish(straight);
    const interrupted = new Trainer(new Llama(engine, kinds[1]!, { seed: 3 }), counting, { ...options, steps: 10 });
    for (let step = 0; step < 4; step++) await interrupted.step();
    const { trainer } = fromCheckpoint(engine, await toCheckpoint(interrupted), counting);
    expect(trainer.model).toBeInstanceOf(Llama);
    expect(await finish(trainer)).toEqual(losses.slice(4));
  });

  it('sees as many positions as its window, its own included', async () => {
    const model = new Llama(engine, { ...config, layers: 1, window: 3 }, { seed: 4 });
    const last = async (ids: number[]): Promise<number[]> => [...(await engine.scope(() => model.forward(engine.tensor(ids, [1, 6], 'int32'))).data()).slice(-7)];
    const ids = [1, 2, 3, 4, 5, 6];
    const logits = await last(ids);
    for (const [position] of ids.entries()) {
      const changed = await last(ids.map((id, at) => (at === position ? 0 : id)));
      const difference = Math.max(...changed.map((logit, i) => Math.abs(logit - logits[i]!)));
      if (position < 3) expect(difference, `position ${position}`).toBeLessThan(1e-7);
      else expect(difference, `position ${position}`).toBeGreaterThan(1e-5);
    }
  });
});

describe('counting', () => {
  it.each(kinds)('says how many numbers a model has, and how many operations it does: $family', async (kind) => {
    const backend = createCpuBackend();
    const run = backend.run.bind(backend);
    let operations = 0;
    backend.run = (kernel, buffers, numbers) => {
      const [batch, time, keyTime, heads, , headSize] = numbers as [number, number, number, number, number, number];
      if (kernel === 'matmul') operations += 2 * numbers.slice(0, 4).reduce((a, b) => a * b, 1); // batch, rows, columns, inner
      if (kernel === 'attention') operations += 4 * batch * heads * time * keyTime * headSize; // as if there were no window
      run(kernel, buffers, numbers);
    };
    const engine = new Engine(backend);
    const model = createTransformer(engine, kind);
    expect(model).toBeInstanceOf(Llama);
    expect(countParameters(kind)).toBe(model.parameters().reduce((sum, { size }) => sum + size, 0));
    engine.noGradient(() => model.forward(engine.tensor([1, 2, 3, 4, 5, 6, 0, 1], [1, 8], 'int32')));
    const { window, headSize = 4, layers, layersWithoutWindow = 0 } = kind;
    const hidden = window ? (layers - layersWithoutWindow) * 4 * 4 * headSize * (8 - window) : 0; // keys behind the window, for 4 heads
    expect(8 * flopsPerToken(kind, 'forward')).toBe(operations - 8 * hidden);
    expect(flopsPerToken(kind)).toBe(3 * flopsPerToken(kind, 'forward'));
  });

  it('of Llama 2 7B gives its published size', () => {
    expect(countParameters({ family: 'llama', vocabSize: 32_000, contextLength: 4096, layers: 32, heads: 32, width: 4096, feedForwardWidth: 11_008 })).toBe(6_738_415_616);
  });
});

describe('a config', async () => {
  const engine = await init('cpu');

  it('of a GPT makes a GPT', () => {
    expect(createTransformer(engine, { vocabSize: 5, contextLength: 4, layers: 1, heads: 1, width: 4 })).toBeInstanceOf(GPT);
  });

  it.each<[Partial<LlamaConfig>, string]>([
    [{ family: 'gemma' as 'llama' }, 'family is "gemma"; expected \'llama\', \'mistral\' or \'qwen2\''],
    [{ family: 'llama' }, 'window is 5, which a llama does not have; only: mistral, qwen2'],
    [{ attentionBias: true }, 'attentionBias is true, which a mistral does not have'],
    [{ layersWithoutWindow: 1 }, 'layersWithoutWindow is 1, which a mistral does not have'],
    [{ layers: 0 }, 'layers is 0; expected a whole number of at least 1'],
    [{ window: 1.5 }, 'window is 1.5; expected a whole number of at least 0'],
    [{ contextLength: 2 ** 20 + 1 }, 'contextLength is 1048577; expected at most 1048576'],
    [{ keyValueHeads: 3 }, '4 heads cannot share 3 heads of keys and values'],
    [{ width: 18 }, 'width 18 cannot be split into 4 heads: choose a width that is a multiple of the number of heads, or give a headSize'],
    [{ headSize: 5 }, 'headSize is 5; rotary positions turn pairs: expected an even number'],
    [{ normEpsilon: 0 }, 'normEpsilon is 0; expected a number above 0'],
    [{ feedforwardWidth: 3 } as object, "unknown option 'feedforwardWidth', did you mean 'feedForwardWidth'"],
    [{ rotaryBase: -1 }, 'base is -1; expected a number above 0'],
  ])('with %o is refused', (change, message) => {
    expect(() => new Llama(engine, { ...config, ...change })).toThrow(message);
  });

  it('refuses ids that do not fit', () => {
    const model = new Llama(engine, config);
    expect(() => model.forward(engine.tensor([1, 2], [2], 'int32'))).toThrow('Llama: ids must have shape (batch, time)');
    expect(() => model.forward(engine.tensor([1, 2, 3, 4, 5, 6, 0, 1, 2], [1, 9], 'int32'))).toThrow('9 positions do not fit into the context length 8');
  });
});

it('shortenContext cuts rotary positions, and leaves learned ones as they are', () => {
  expect(shortenContext(config, 5)).toEqual({ ...config, contextLength: 5 });
  expect(shortenContext(config, 100)).toEqual(config);
  const learned = { vocabSize: 7, contextLength: 8, layers: 1, heads: 2, width: 8 };
  expect(shortenContext(learned, 5)).toBe(learned);
  expect(() => shortenContext(config, 0)).toThrow('shortenContext: atMost is 0; expected a whole number of at least 1.');
});
