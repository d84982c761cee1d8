// Agreement with top-h, length decay and least numbers of tokens as computed in NumPy; how the file was made stands in fixtures/make-numpy-fixture.py.
import { describe, expect, it } from 'vitest';
import { Sampler, lengthDecay, softmax, topH } from '../src/index.js';
import * as stages from '../src/stages/index.js';
import type { Stage } from '../src/stages/index.js';
import reference from './fixtures/numpy-reference.json';

type Arguments = number & number[];

const fromJson = (values: (number | null)[]): Float32Array => Float32Array.from(values, (value) => value ?? -Infinity);

const build: Readonly<Record<string, (a: Arguments[]) => Stage>> = {
  topH: ([h]) => stages.topH(h),
  lengthDecay: ([start, factor, , ends]) => stages.lengthDecay({ start, factor }, ends),
  topK: ([k, minTokensToKeep]) => stages.topK(k, { minTokensToKeep }),
  topP: ([p, minTokensToKeep]) => stages.topP(p, { minTokensToKeep }),
  minP: ([p, minTokensToKeep]) => stages.minP(p, { minTokensToKeep }),
  typical: ([mass, minTokensToKeep]) => stages.typical(mass, { minTokensToKeep }),
  epsilonCutoff: ([epsilon, minTokensToKeep]) => stages.epsilonCutoff(epsilon, { minTokensToKeep }),
  etaCutoff: ([epsilon, minTokensToKeep]) => stages.etaCutoff(epsilon, { minTokensToKeep }),
};

describe.each(reference.cases.map((entry, index) => ({ index, ...entry })))('case $index: $processor', ({ processor, logits, processed, ...entry }) => {
  const given = entry.arguments as Arguments[];
  const written = processor === 'lengthDecay' ? given[2] : 0;
  const history = { ids: new Array<number>(written + 3).fill(0), promptLength: 3 };

  it('as a stage keeps the same tokens with the same probabilities', () => {
    const ours = new Sampler([build[processor](given)], { seed: 0 }).distribution(fromJson(logits), history);
    const expected = softmax(fromJson(processed));
    expect([...ours].map((p) => p > 0)).toEqual([...expected].map((p) => p > 0));
    ours.forEach((p, id) => expect(Math.abs(p - expected[id])).toBeLessThan(2e-6));
  });

  if (processor !== 'topH' && processor !== 'lengthDecay') return;
  it('as a function gives the same logits', () => {
    const ours = processor === 'topH' ? topH(fromJson(logits), given[0]) : lengthDecay(fromJson(logits), history, { start: given[0], factor: given[1] }, given[3]);
    fromJson(processed).forEach((expected, id) => (expected === -Infinity ? expect(ours[id]).toBe(expected) : expect(Math.abs(ours[id] / expected - 1)).toBeLessThan(2e-7)));
  });
});
