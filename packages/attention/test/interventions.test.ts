// Attention that is intervened in: PyTorch's numbers and gradients, and what follows for a whole layer.
import { readFileSync } from 'node:fs';
import { backward, init, multiply, Random, sum, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { CausalSelfAttention, inspectHeads, intervenedSelfAttention, splitQueryKeyValue, type AttentionInterventions } from '../src/index.js';

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
