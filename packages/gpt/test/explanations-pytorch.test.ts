// What explanations find inside a tiny GPT-2, against PyTorch: see fixtures/explanations.torch.py.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { init, type Engine } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { importanceByAblation, importanceByGradient, inspect, logitLens, textEmbedding, type HeadNumbers, type Interventions } from '../src/explain.js';
import type { GPT } from '../src/index.js';
import { loadModel } from '../src/node.js';

const torch = JSON.parse(await readFile(new URL('./fixtures/explanations.torch.json', import.meta.url), 'utf8')) as {
  ids: number[];
  cases: { name: string; interventions: Interventions; logits: number[]; importance: { target: number; logProbability: number; ablation: number[]; gradient: number[] }[] }[];
  streams: number[][];
  heads: Record<keyof HeadNumbers, number[]>[][];
  parts: { attention: number[]; feedForward: number[] }[];
  lens: { ids: number[][]; probabilities: number[][]; entropy: number[] }[];
  embedding: { mean: number[]; last: number[]; meanAfterOneBlock: number[] };
};

const devices: [string, number, () => Promise<Engine>][] = [
  ['cpu in double precision', 1e-6, () => init('cpu', { precision: 'float64' })],
  ['wasm', 2e-5, () => init('wasm')],
];

describe.each(devices)('inside GPT-2 on %s PyTorch finds the same', async (_, tolerance, make) => {
  const engine = await make();
  const model = (await loadModel(engine, fileURLToPath(new URL('./fixtures/tiny-gpt2', import.meta.url)))) as GPT;

  function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
    expect(actual.length).toBe(expected.length);
    for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!), `element ${i}: ${actual[i]} instead of ${expected[i]}`).toBeLessThan(tolerance);
  }

  it.each(torch.cases)('logits: $name', async ({ interventions, logits }) => {
    const inspection = inspect(model, torch.ids, interventions);
    expectClose(await inspection.logits(), logits);
    inspection.dispose();
  });

  it.each(torch.cases)('importance of earlier tokens: $name', async ({ interventions, importance: [likeliest, other] }) => {
    for (const [expected, options] of [[likeliest!, { interventions }], [other!, { interventions, target: 4 }]] as const) {
      const measured = await importanceByAblation(model, torch.ids, options);
      const estimated = await importanceByGradient(model, torch.ids, options);
      for (const found of [measured, estimated]) expect(found.target).toBe(expected.target);
      expectClose([measured.logProbability, estimated.logProbability], [expected.logProbability, expected.logProbability]);
      expectClose(measured.importance, expected.ablation);
      expectClose(estimated.importance, expected.gradient);
    }
  });

  it('every block and every head', async () => {
    const inspection = inspect(model, torch.ids);
    for (const [layer, parts] of torch.parts.entries()) {
      const block = await inspection.block(layer);
      expectClose(block.input, torch.streams[layer]!);
      expectClose(block.attention, parts.attention);
      expectClose(block.feedForward, parts.feedForward);
      expectClose(block.output, torch.streams[layer + 1]!);
      for (const [head, expected] of torch.heads[layer]!.entries()) {
        const found = await inspection.head(layer, head);
        expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
        for (const [name, numbers] of Object.entries(expected)) expectClose(found[name as keyof HeadNumbers], numbers);
      }
    }
    const { weights, shape } = await inspection.patterns();
    expect(shape).toEqual([2, 2, torch.ids.length, torch.ids.length]);
    expectClose(weights, torch.heads.flat().flatMap((head) => head.weights));
    inspection.dispose();
  });

  it('the same text through the layers', async () => {
    const inspection = inspect(model, torch.ids);
    const lens = await logitLens(inspection, { alternatives: 3 });
    expect(lens.length).toBe(torch.lens.length);
    for (const [blocks, expected] of torch.lens.entries()) {
      expect(lens[blocks]!.map(({ alternatives }) => alternatives.map(({ id }) => id))).toEqual(expected.ids);
      expectClose(lens[blocks]!.flatMap(({ alternatives }) => alternatives.map(({ probability }) => probability)), expected.probabilities.flat());
      expectClose(lens[blocks]!.map(({ entropy }) => entropy), expected.entropy);
    }
    expect(lens.at(-1)).toEqual(await inspection.predictions({ alternatives: 3 })); // after the last block the lens is the model
    inspection.dispose();
  });

  it('a vector for the text', async () => {
    expectClose(await textEmbedding(model, torch.ids), torch.embedding.mean);
    expectClose(await textEmbedding(model, torch.ids, { pooling: 'last' }), torch.embedding.last);
    expectClose(await textEmbedding(model, torch.ids, { blocks: 1 }), torch.embedding.meanAfterOneBlock);
  });
});
