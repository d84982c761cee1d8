import { describe, expect, it } from 'vitest';
import { entropy, explain, huggingFace, llamaCpp, logProbs, Sampler, softmax, surprise } from '../src/index.js';
import * as stages from '../src/stages/index.js';

// Probabilities 0.5, 0.25, 0.125, 0.125 in another order.
const halves = Float32Array.of(0.125, 0.5, -Infinity, 0.25, 0.125).map((p) => (p > 0 ? Math.log(p) : p));

describe('explain', () => {
  it('shows the distribution after every stage', () => {
    const { stages: shown } = explain(halves, huggingFace({ topK: 2, temperature: 0.5 }));
    expect(shown.map(({ name }) => name)).toEqual(['input', 'temperature', 'topK']);
    expect(shown.map(({ remaining }) => remaining)).toEqual([4, 4, 2]);
    expect(shown[0].entropy / Math.LN2).toBeCloseTo(1.75, 6);
    expect(shown[0].tokens.map(({ id }) => id)).toEqual([1, 3, 0, 4]);
    // Squared: 16 : 4 : 1 : 1.
    expect(shown[1].tokens.map(({ probability }) => Number(probability.toFixed(6)))).toEqual([16 / 22, 4 / 22, 1 / 22, 1 / 22].map((p) => Number(p.toFixed(6))));
    const [best, second] = shown[2].tokens;
    expect(best).toMatchObject({ id: 1 });
    expect(best.probability).toBeCloseTo(0.8, 6);
    expect(best.logProb).toBeCloseTo(Math.log(0.8), 6);
    expect(best.rawLogProb).toBeCloseTo(Math.log(0.5), 6);
    expect(second.logit).toBeCloseTo(2 * Math.log(0.25), 6);
  });

  it('lists as many as asked, while counting all', () => {
    const { stages: shown } = explain(halves, [stages.temperature(2)], { top: 2 });
    expect(shown.map(({ tokens }) => tokens.map(({ id }) => id))).toEqual([[1, 3], [1, 3]]);
    expect(shown[1].remaining).toBe(4);
    expect(() => explain(halves, [], { top: 0 })).toThrow('top must be an integer from 1, got 0; leave it out to list every token');
  });

  it('changes no state: neither of a stage nor of the seed', () => {
    const stage = stages.mirostat2({ tau: 2 });
    const sampler = new Sampler([stage], { seed: 1 });
    const before = stage.mu;
    sampler.explain(halves);
    sampler.accept(1);
    expect(stage.mu).toBe(before);
  });

  it('ends with what is drawn from, for a sampler of any kind', () => {
    const sampler = new Sampler(llamaCpp({ repetitionPenalty: 1.5 }), { seed: 1 });
    const history = { ids: [1, 3], promptLength: 0 };
    const p = sampler.distribution(halves, history);
    const last = sampler.explain(halves, history).stages.at(-1)!;
    for (const token of last.tokens) expect(p[token.id]).toBeCloseTo(token.probability, 6);
    expect(last.remaining).toBe([...p].filter((value) => value > 0).length);
  });
});

describe('information', () => {
  it('log-probabilities are the logarithms of softmax', () => {
    const logits = Float32Array.of(1, 300, -Infinity, 299);
    const p = softmax(logits);
    logProbs(logits).forEach((value, id) => (p[id] > 1e-30 ? expect(value).toBeCloseTo(Math.log(p[id]), 5) : expect(value).toBeLessThan(-69)));
    expect(logProbs(logits)[2]).toBe(-Infinity);
    const inPlace = logits.slice();
    expect(logProbs(inPlace, inPlace)).toEqual(logProbs(logits));
    expect(() => logProbs(logits, new Float32Array(1))).toThrow('out has 1 entries, expected one per logit: 4');
  });

  it('entropy is 0 for certainty, ln n for n equals, 1.75 bits for a half, a quarter and two eighths', () => {
    expect(entropy(Float32Array.of(5, -Infinity))).toBe(0);
    expect(entropy(new Float32Array(131_072))).toBeCloseTo(Math.log(131_072), 9);
    expect(entropy(halves) / Math.LN2).toBeCloseTo(1.75, 6);
  });

  it('surprise is -ln p', () => {
    expect(surprise(halves, 3)).toBeCloseTo(2 * Math.LN2, 6);
    expect(surprise(halves, 2)).toBe(Infinity);
    expect(surprise(Float32Array.of(3, -Infinity), 0)).toBe(0);
    expect(() => surprise(halves, 5)).toThrow('5 is no token of this vocabulary, whose ids run from 0 to 4');
  });
});
