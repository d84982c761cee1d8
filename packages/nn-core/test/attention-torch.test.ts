// Attention against PyTorch in float64 (fixtures/attention.torch.json, made by the script beside it): every combination of causal
// or full, window, filler, segments, grouped heads, and as many or more keys than queries; prefixes, added masks and ALiBi.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attention, attentionWeights, backward, concatenate, init, multiply, selfAttention, sum, type AttentionOptions, type Engine, type Tensor } from '../src/index.js';

interface Case {
  readonly keyValueHeads: number;
  readonly keyTime: 4 | 6;
  readonly causal: boolean;
  readonly window: number;
  readonly keyRanges: boolean;
  readonly segments: boolean;
  readonly prefix?: boolean;
  /** Which of the masks is added. */
  readonly mask?: number | null;
  readonly alibi?: boolean;
  readonly y: number[];
  readonly gradients: number[][];
  readonly weights: number[];
}
const { masks, inputs, cases } = JSON.parse(readFileSync(new URL('./fixtures/attention.torch.json', import.meta.url), 'utf8')) as {
  masks: { keyRanges: number[][]; segments: Record<4 | 6, number[][]>; prefixLengths: number[]; alibiSlopes: number[]; masks: { shape: number[]; numbers: (number | null)[] }[] };
  inputs: Record<string, number[][]>;
  cases: Case[];
};
const [batch, time, heads, headSize] = [2, 4, 2, 2];

const devices: [string, number, () => Promise<Engine>][] = [
  ['cpu in float64', 1e-11, () => init('cpu', { precision: 'float64' })],
  ['cpu', 2e-6, () => init('cpu')],
  ['wasm', 2e-6, () => init('wasm', { threads: 1 })],
  ['wasm on 2 threads', 2e-6, () => init('wasm', { threads: 2 })],
];

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!), `${what}, element ${i}: ${actual[i]} instead of ${expected[i]}`).toBeLessThanOrEqual(tolerance);
}

function titleOf({ causal, window, keyRanges, segments, keyValueHeads, keyTime, prefix, mask, alibi }: Case): string {
  return [causal ? 'causal' : 'full', window && 'window', keyRanges && 'filler', segments && 'segments', prefix && 'prefix', typeof mask === 'number' && 'mask', alibi && 'ALiBi', keyValueHeads < heads && 'grouped heads', `${keyTime} keys`].filter(Boolean).join(', ');
}

it('there is a case for every combination', () => {
  expect(new Set(cases.map(titleOf)).size).toBe(64 + 28);
});

describe.each(devices)('attention on %s agrees with PyTorch', async (_, tolerance, make) => {
  const engine = await make();

  it.each(cases.map((one) => [titleOf(one), one] as const))('%s', async (_, one) => {
    const { keyTime, keyValueHeads, causal, window } = one;
    const options: AttentionOptions = {
      heads, keyValueHeads, causal, window,
      ...(one.keyRanges && { keyRanges: engine.tensor(masks.keyRanges.flat(), [batch, 2], 'int32') }),
      ...(one.segments && { segments: engine.tensor(masks.segments[4].flat(), [batch, time], 'int32') }),
      ...(one.prefix && { prefixLengths: engine.tensor(masks.prefixLengths, [batch], 'int32') }),
      ...(typeof one.mask === 'number' && { mask: engine.tensor(masks.masks[one.mask]!.numbers.map((number) => number ?? -Infinity), masks.masks[one.mask]!.shape) }),
      ...(one.alibi && { alibiSlopes: engine.tensor(masks.alibiSlopes) }),
    };
    const keySegments = one.segments ? engine.tensor(masks.segments[keyTime].flat(), [batch, keyTime], 'int32') : undefined;
    const [query, key, value, dy] = inputs[`${keyValueHeads} of ${keyTime}`]!.map((numbers, i) => engine.tensor(numbers, [batch, i === 0 || i === 3 ? time : keyTime, numbers.length / batch / (i === 0 || i === 3 ? time : keyTime)])) as [Tensor, Tensor, Tensor, Tensor];
    const leaves = [query, key, value].map((tensor) => engine.parameter(tensor));
    const check = async (y: Tensor): Promise<void> => {
      backward(sum(multiply(y, dy)));
      expect(y.shape).toEqual([batch, time, heads * headSize]);
      expectClose(await y.data(), one.y, tolerance, 'output');
      for (const [i, name] of (['query', 'key', 'value'] as const).entries()) expectClose(await leaves[i]!.gradient!.data(), one.gradients[i]!, tolerance, `gradient of ${name}`);
      for (const leaf of leaves) leaf.gradient = null;
    };
    await check(attention(query, key, value, { ...options, keySegments }));
    if (keyTime === time) await check(selfAttention(concatenate([query, key, value], -1), options));
    expectClose(await attentionWeights(query, key, { ...options, keySegments }).data(), one.weights, tolerance, 'weights');
  });
});
