// Training and generation on the gpu backend beside cpu, for any place that has a GPU. Nothing here is Node's own.
import { init, type Engine } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { generate } from '@kk/sampler';
import { describe, expect, it } from 'vitest';
import { Decoder, evaluate, GPT, quantizeModel, Trainer, type TrainerMode, type TransformerConfig } from '../../src/index.js';
import { config, llamaConfig, options, text, train } from './tiny-training.js';

interface Run {
  readonly losses: number[];
  readonly weights: number[];
  readonly evaluation: number;
  readonly written: number[];
  readonly logits: number[];
}

/** Some steps, then an evaluation and a few tokens. */
async function run(engine: Engine, mode?: TrainerMode, steps?: number, sizes?: TransformerConfig): Promise<Run> {
  const { model, losses } = await train(engine, mode, steps, sizes);
  const weights: number[] = [];
  for (const parameter of model.parameters()) weights.push(...(await parameter.data()));
  const { loss: evaluation } = await evaluate(model, text.subarray(0, 60));
  const decoder = new Decoder(model);
  const logits = [...(await decoder.next([1, 4, 10]))];
  const written: number[] = [];
  // Longer than the context, so that the cache is filled, used and filled anew.
  for await (const id of generate(decoder, [1, 4, 10], { maxTokens: 8, temperature: 0 })) written.push(id);
  decoder.dispose();
  return { losses, weights, evaluation, written, logits };
}

/** The largest difference. */
const distance = (a: readonly number[], b: readonly number[]): number => {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
};

/** The tests of learning and stopping, and those of other forms: a Qwen2, eager steps, activation checkpointing, int8 weights. */
const PARTS = ['learning', 'forms'] as const;

/** Registers the tests. @param parts which of them */
export function gpuTrainingTests(mode: 'webgpu' | 'webgl2', parts: readonly (typeof PARTS)[number][] = PARTS): void {
  describe(`a tiny GPT on ${mode}`, async () => {
    const engine = await init(createGpuBackend, { mode });
    if (parts.includes('learning')) learningTests(mode, engine);
    if (parts.includes('forms')) formTests(engine);
  });
}

function learningTests(mode: 'webgpu' | 'webgl2', engine: Engine): void {
  it('learns in ten steps what it learns on cpu, and then writes the same', async () => {
    expect(engine.backend.description).toContain(mode === 'webgpu' ? 'WebGPU' : 'WebGL2');
    const [actual, expected] = [await run(engine), await run(await init('cpu'))];
    expect(expected.losses.at(-1)!).toBeLessThan(expected.losses[0]! - 0.1); // there is something to agree on
    expect(distance(actual.losses, expected.losses)).toBeLessThan(1e-4);
    expect(distance(actual.weights, expected.weights)).toBeLessThan(2e-3); // AdamW divides by the root of a gradient that may be next to nothing
    expect(distance(actual.logits, expected.logits)).toBeLessThan(5e-3);
    expect(Math.abs(actual.evaluation - expected.evaluation)).toBeLessThan(1e-4);
    expect(actual.written).toEqual(expected.written);
  });

  it('stops at a step that is not finite, before it ruins anything', async () => {
    const model = new GPT(engine, config, { seed: 1 });
    const trainer = new Trainer(model, text, options);
    await trainer.step();
    const weight = model.namedParameters().get('blocks.1.attention.projection.weight')!;
    const values = await weight.data();
    weight.set(values.map((value, i) => (i === 5 ? Number.NaN : value)));
    const all = (): Promise<number[][]> => Promise.all([...model.parameters(), ...trainer.optimizer.state().values()].map(async (tensor) => [...(await tensor.data())]));
    const before = await all();
    await expect(trainer.step()).rejects.toThrow(/broke down in step 2: .*first seen in/);
    expect(await all()).toEqual(before);
  });

  it('keeps its memory flat', async () => {
    const trainer = new Trainer(new GPT(engine, config), text, options);
    await trainer.step();
    const before = engine.memory();
    for (let step = 0; step < 5; step++) await trainer.step();
    expect(engine.memory()).toEqual(before);
  });
}

function formTests(engine: Engine): void {
  it('learns in three steps what it learns on cpu as a Qwen2, with rotary positions, grouped heads and a window', async () => {
    const [actual, wanted] = [await run(engine, {}, 3, llamaConfig), await run(await init('cpu'), {}, 3, llamaConfig)];
    expect(distance(actual.losses, wanted.losses)).toBeLessThan(1e-4);
    expect(distance(actual.logits, wanted.logits)).toBeLessThan(5e-3);
    expect(actual.written).toHaveLength(8);
  });

  it('gives the same bits eagerly, and with activation checkpointing', async () => {
    const captured = await run(engine, {}, 3);
    expect(await run(engine, { eager: true }, 3)).toEqual(captured);
    expect(await run(engine, { activationCheckpointing: true }, 3)).toEqual(captured);
  });

  it('computes with int8 weights as cpu does', async () => {
    const logits: number[][] = [];
    for (const one of [engine, await init('cpu')]) {
      const decoder = new Decoder(await quantizeModel(new GPT(one, config, { seed: 1 })));
      logits.push([...(await decoder.next([1, 4, 10]))]);
    }
    expect(distance(logits[0]!, logits[1]!)).toBeLessThan(1e-5);
  });
}
