// The tables of the sampler's benchmark, from made-up reports, and the work it gives to everybody.
import { describe, expect, it } from 'vitest';
import { makeHistory, makeLogits, vocabSize } from '../lib/sampler-cases.mjs';
import { samplerTables } from '../lib/sampler.mjs';

const report = (factor) => ({
  cases: ['temperature', 'top-k 40', 'bad words'],
  chains: ['typical chain', 'draw alone'],
  agreement: { temperature: 0 },
  bytesPerToken: 16,
  microseconds: Object.fromEntries(
    Object.entries({ copy: 30, loading: 50, sort: 20_000, softmax: 4000, 'softmax, theirs': 8000, temperature: 1000, 'temperature, stage': 250, 'temperature, theirs': 430, 'top-k 40': 400, 'top-k 40, stage': 150, 'bad words': 300, 'bad words, stage': 50.5, 'bad words, theirs': 530, 'typical chain': 250, 'draw alone': 3000 }).map(([name, time]) => [name, time * factor]),
  ),
});

describe('samplerTables', () => {
  it('takes medians, takes copies off, and says what is too short to tell', () => {
    const [processors, chains] = samplerTables([report(3), report(1), report(0.5)]);
    expect(processors.rows).toEqual([
      ['temperature', '1000', '200', '400', '2.00x', '20x', '0.0e+0'],
      ['top-k 40', '400', '100', '-', '-', '50x', '-'],
      ['bad words', '300', '< 5', '500', '> 100x', '67x', '-'],
      ['softmax', '4000', '-', '8000', '2.00x', '5x', '-'],
    ]);
    expect(chains.rows).toEqual([['typical chain', '250', '80x', 'met'], ['draw alone', '3000', '7x', '']]);
    expect(chains.title).toContain('16 bytes per token');
    expect(samplerTables([report(2)])[1].rows[0][3]).toBe('missed');
  });
});

describe('the work', () => {
  it('is the same on every machine', () => {
    const logits = makeLogits(1);
    expect(logits).toHaveLength(vocabSize);
    expect(logits.every(Number.isFinite)).toBe(true);
    expect([...logits.subarray(0, 3)].map((logit) => logit.toFixed(4))).toMatchInlineSnapshot(`
      [
        "10.9423",
        "2.2145",
        "1.2466",
      ]
    `);
    const { ids, promptLength } = makeHistory();
    expect([ids.length, promptLength]).toEqual([500, 100]);
    expect(ids.every((id) => Number.isInteger(id) && id >= 0 && id < vocabSize)).toBe(true);
  });
});
