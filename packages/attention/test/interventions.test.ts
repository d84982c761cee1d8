// Attention that is intervened in: PyTorch's numbers and gradients, and what follows for a whole layer.
import { readFileSync } from 'node:fs';
import { backward, init, multiply, Random, sum, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { attentionMask, CausalSelfAttention, inspectHeads, inspectSelfAttention, intervenedSelfAttention, MultiHeadAttention, RotaryPositions, splitQueryKeyValue, type AttentionInterventions } from '../src/index.js';

const torch = JSON.parse(readFileSync(new URL('./fixtures/interventions.torch.json', import.meta.url), 'utf8')) as {
  shape: number[];
  cases: { name: string; interventions: AttentionInterventions; scores: number[]; weights: number[]; headOutputs: number[]; gradients: number[][] }[];
};

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-6): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!), `element ${i}`).toBeLessThan(tolerance);
}

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu', { precision: 'float64' })],
  ['wasm', () => init('wasm')],
];

describe.each(devices)('interventions on %s', async (_, make) => {
  const engine = await make();
  /** The formula of the fixture. */
  const numbers = (k: number): Tensor => engine.tensor(Array.from({ length: torch.shape.reduce((a, b) => a * b) }, (_unused, i) => Math.sin(0.7 * i + 1.3 * k + 0.1)), torch.shape);

  it.each(torch.cases)('agree with PyTorch, forward and backward: $name', async ({ interventions, ...expected }) => {
    const inputs = [0, 1, 2].map((k) => engine.parameter(numbers(k)));
    const found = engine.scope(() => {
      const heads = inspectHeads(inputs[0]!, inputs[1]!, inputs[2]!, interventions);
      backward(sum(multiply(heads.headOutputs, numbers(3))));
      return heads;
    });
    for (const name of ['scores', 'weights', 'headOutputs'] as const) expectClose(await found[name].data(), expected[name]);
    for (const [i, input] of inputs.entries()) expectClose(await input.gradient!.data(), expected.gradients[i]!);
  });

  const random = new Random(3);
  const layer = new CausalSelfAttention(engine, { width: 8, heads: 2, dropout: 0.5, deviation: 1, projectionDeviation: 1 }, random);
  const x = engine.randomNormal([2, 5, 8], random);
  const outputOf = async (interventions?: AttentionInterventions): Promise<number[]> => [...(await engine.scope(() => intervenedSelfAttention(layer, x, interventions).output).data())];

  it('that change nothing give the bits of the plain layer; those that cut what nobody sees, its numbers', async () => {
    const plain = [...(await engine.scope(() => layer.forward(x)).data())];
    expect(await outputOf()).toEqual(plain);
    expect(await outputOf({ headsOff: [], linksCut: [], maskLifted: false })).toEqual(plain);
    expectClose(await outputOf({ linksCut: [{ query: 1, key: 4 }] }), plain, 5e-6);
  });

  it('show the weights that the layer shows', async () => {
    const { weights } = engine.scope(() => inspectHeads(...splitQueryKeyValue(layer.queryKeyValue.forward(x), 2)));
    expectClose(await weights.data(), await layer.attentionWeights(x).data());
  });

  it('switch a head off as a projection without its rows does', async () => {
    const without = new CausalSelfAttention(engine, { width: 8, heads: 2 }, random);
    without.load(await layer.save());
    const weight = without.namedParameters().get('projection.weight')!; // (width, width): four rows for each head
    weight.set((await weight.data()).map((value, i) => (Math.floor(i / 8) >= 4 ? 0 : value)));
    expectClose(await outputOf({ headsOff: [1] }), await engine.scope(() => without.forward(x)).data(), 5e-6);
    expect(await outputOf({ headsOff: [1] })).not.toEqual(await outputOf());
  });

  it('know no dropout, also while the model trains', async () => {
    const plain = await outputOf({ headsOff: [0] });
    layer.setTraining(true);
    expect(await outputOf({ headsOff: [0] })).toEqual(plain);
    layer.setTraining(false);
  });

  it('name what there is not', () => {
    const tryOut = (interventions: AttentionInterventions) => () => engine.scope(() => intervenedSelfAttention(layer, x, interventions));
    expect(tryOut({ headsOff: [0, 2] })).toThrow(/headsOff\[1\]: head is 2; expected a whole number from 0 to 1/);
    expect(tryOut({ linksCut: [{ head: -1 }] })).toThrow(/linksCut\[0\]: head is -1/);
    expect(tryOut({ linksCut: [{}, { query: 5 }] })).toThrow(/linksCut\[1\]: query is 5; expected a whole number from 0 to 4/);
    expect(tryOut({ linksCut: [{ key: 0.5 }] })).toThrow(/key is 0.5/);
    expect(tryOut({ linksCut: [{ heads: 1 } as never] })).toThrow(/linksCut\[0\]: unknown option 'heads', did you mean 'head'/);
    expect(tryOut({ headOff: [0] } as never)).toThrow(/interventions: unknown option 'headOff', did you mean 'headsOff'/);
    expect(() => inspectHeads(x, x, x, { maskedLifted: true } as never)).toThrow(/unknown option 'maskedLifted'/);
    expect(tryOut({ linksCut: [{ sequence: 2 }] })).toThrow(/sequence is 2; expected a whole number from 0 to 1/);
  });
});

describe.each(devices)('a layer with grouped heads, a window and rotary positions on %s', async (_, make) => {
  const engine = await make();
  const random = new Random(4);
  const rotary = new RotaryPositions(engine, { headSize: 4, contextLength: 8 });
  const sizes = { width: 12, heads: 4, keyValueHeads: 2, headSize: 4, deviation: 0.5, projectionDeviation: 1 };
  const layer = new MultiHeadAttention(engine, { ...sizes, causal: true, window: 3, rotary }, random);
  const x = engine.randomNormal([2, 6, 12], random);
  const outputOf = async (interventions?: AttentionInterventions, positions?: Tensor): Promise<ArrayLike<number>> => engine.scope(() => intervenedSelfAttention(layer, x, interventions, positions).output).data();

  it('has the bits of its own forward pass, and shows the weights that it shows', async () => {
    expect(await outputOf()).toEqual(await engine.scope(() => layer.forward(x)).data());
    const { weights } = engine.scope(() => inspectSelfAttention(layer, intervenedSelfAttention(layer, x).queryKeyValue));
    expect(weights.shape).toEqual([2, 4, 6, 6]);
    expectClose(await weights.data(), await engine.scope(() => layer.attentionWeights(x)).data());
  });

  it('cuts links as a mask does, in one head of the queries', async () => {
    const own = Float32Array.from({ length: 4 * 6 * 6 }, (_unused, i) => (Math.floor(i / 36) === 1 && i % 6 === 2 && Math.floor(i / 6) % 6 > 2 ? -Infinity : 0));
    const mask = engine.tensor(own, [1, 4, 6, 6]);
    const expected = await engine.scope(() => layer.forward(x, x, { mask })).data();
    expectClose(await outputOf({ linksCut: [3, 4, 5].map((query) => ({ head: 1, query, key: 2 })) }), expected, 5e-6);
    expect(Math.max(...Array.from(await outputOf(), (value, i) => Math.abs(value - expected[i]!)))).toBeGreaterThan(1e-3);
  });

  it('keeps its window when the mask is lifted', async () => {
    const found = engine.scope(() => inspectSelfAttention(layer, intervenedSelfAttention(layer, x).queryKeyValue, { maskLifted: true }));
    const reach = Array.from(await engine.scope(() => attentionMask(engine, { queries: 6, window: 3 })).data(), (value) => value === 0);
    expect(Array.from(await found.weights.data(), (weight) => weight > 0)).toEqual(Array.from({ length: 8 }, () => reach).flat());
  });

  it('is turned by the positions that it is told', async () => {
    const told = (from: number): Tensor => engine.tensor(Array.from({ length: 12 }, (_unused, i) => (i % 6) + from), [2, 6], 'int32');
    expect(await outputOf({}, told(0))).toEqual(await outputOf());
    expectClose(await outputOf({}, told(2)), await outputOf(), 1e-5); // only distances count
    const backwards = await outputOf({}, engine.tensor(Array.from({ length: 12 }, (_unused, i) => 5 - (i % 6)), [2, 6], 'int32'));
    expect(backwards).not.toEqual(await outputOf());
  });

  it('is refused where it is not causal, or has ALiBi', () => {
    expect(() => intervenedSelfAttention(new MultiHeadAttention(engine, sizes, random), x)).toThrow('the layer is not causal; expected a causal one without ALiBi');
    expect(() => intervenedSelfAttention(new MultiHeadAttention(engine, { ...sizes, causal: true, alibi: true }, random), x)).toThrow('the layer has ALiBi');
  });
});
