// What makes the presets different from each other, and the OpenAI API's parameters.
import { describe, expect, it } from 'vitest';
import { fromOpenAI, huggingFace, llamaCpp, type LlamaCppOptions, Sampler, samplingStages, vLLM, type Stage } from '../src/index.js';

const names = (stages: Stage[]): string[] => stages.map(({ name }) => name);
const kept = (stages: Stage[], logits: Float32Array, history = { ids: [] as number[], promptLength: 0 }): number[] => {
  const p = new Sampler(stages, { seed: 0 }).distribution(logits, history);
  return [...p.keys()].filter((id) => p[id] > 0);
};

describe('order', () => {
  it('of Hugging Face transformers', () => {
    const all = { topH: 0.5, lengthDecay: { start: 1, factor: 2 }, forceEnd: true, noRepeatPromptNGram: 3, sequenceBias: [[[1], 1]] as const, etaCutoff: 0.1, epsilonCutoff: 0.1, typicalP: 0.9, minP: 0.1, topP: 0.9, topK: 5, temperature: 2, suppressTokens: [1], minNewTokens: 3, endTokens: [0], badWords: [[1]], noRepeatNGram: 3, presencePenalty: 1, frequencyPenalty: 1, repetitionPenalty: 1.1, logitBias: { 1: 1 } };
    const expected = ['logitBias', 'sequenceBias', 'repetitionPenalty', 'frequencyPenalty', 'presencePenalty', 'noRepeatNGram', 'noRepeatPromptNGram', 'badWords', 'minLength', 'forceEnd', 'lengthDecay', 'suppressTokens', 'temperature', 'topH', 'topK', 'topP', 'minP', 'typical', 'epsilonCutoff', 'etaCutoff'];
    expect(Object.keys(all).filter((name) => name !== 'endTokens').sort(), 'This test must give every option of samplingStages, and show its stage in the order').toEqual(Object.keys(samplingStages).sort());
    expect(names(huggingFace(all))).toEqual(expected);
    expect(huggingFace()).toEqual([]);
    expect(samplingStages.topK(40, [])?.name).toBe('topK');
    expect(samplingStages.minNewTokens(3, [7])?.endTokens).toEqual([7]);
    expect(samplingStages.forceEnd(false, [7])).toBeUndefined();
  });

  it('of llama.cpp', () => {
    const all = { logitBias: { 1: 1 }, dry: { multiplier: 1 }, topNSigma: 1, xtcProbability: 0.5 };
    expect(names(llamaCpp(all))).toEqual(['logitBias', 'repetitionPenalty', 'frequencyPenalty', 'presencePenalty', 'dry', 'topNSigma', 'topK', 'typical', 'topP', 'minP', 'xtc', 'temperature']);
    expect(names(llamaCpp())).toEqual(['repetitionPenalty', 'frequencyPenalty', 'presencePenalty', 'topK', 'typical', 'topP', 'minP', 'temperature']);
    expect(names(llamaCpp({ topK: 0, dynamicTemperatureRange: 0.3 })).slice(3)).toEqual(['typical', 'topP', 'minP', 'dynamicTemperature']);
    expect(names(llamaCpp({ mirostat: 2, ...all }))).toEqual(['logitBias', 'temperature', 'mirostat2']);
    expect(names(llamaCpp({ mirostat: 1 }))).toEqual(['temperature', 'mirostat1']);
  });

  it('of vLLM', () => {
    const all = { allowedTokens: [1], badWords: [[1]], minNewTokens: 1, endTokens: [0], logitBias: { 1: 1 }, topK: 3 };
    expect(names(vLLM(all))).toEqual(['allowTokens', 'badWords', 'minLength', 'logitBias', 'repetitionPenalty', 'frequencyPenalty', 'presencePenalty', 'temperature', 'minP', 'topK', 'topP']);
  });
});

describe('the presets differ', () => {
  it('llama.cpp truncates before the temperature, the others after it', () => {
    const logits = Float32Array.of(3, 2, 1, 0, -1, -2);
    const options = { temperature: 4, topK: 6, topP: 0.8, minP: 0 };
    expect(kept(llamaCpp(options), logits)).toEqual([0, 1]);
    expect(kept(huggingFace(options), logits)).toEqual([0, 1, 2, 3]);
    expect(kept(vLLM(options), logits)).toEqual([0, 1, 2, 3]);
  });

  it('vLLM applies min-p before top-p, transformers behind it', () => {
    // Probabilities 0.4, 0.3, 0.15, 0.15. Without the last two, 0.3 / 0.7 is missing to reach 0.55: then one token is enough.
    const logits = Float32Array.of(0.4, 0.3, 0.15, 0.15).map(Math.log);
    const options = { topP: 0.55, minP: 0.5, temperature: 1 };
    expect(kept(huggingFace(options), logits)).toEqual([0, 1]);
    expect(kept(vLLM(options), logits)).toEqual([0]);
  });

  it('llama.cpp keeps exactly k, the others all ties', () => {
    const logits = Float32Array.of(1, 2, 2, 2, 0);
    const options = { topK: 2, topP: 1, minP: 0 };
    expect(kept(llamaCpp(options), logits)).toEqual([1, 2]);
    expect(kept(huggingFace(options), logits)).toEqual([1, 2, 3]);
    expect(kept(vLLM(options), logits)).toEqual([1, 2, 3]);
  });

  it('penalties look at the whole text, at the last 64 tokens, or at what was written', () => {
    const logits = Float32Array.of(5, 4, 0);
    const history = { ids: [0, ...new Array<number>(70).fill(2)], promptLength: 1 };
    const best = (stages: Stage[]): number => new Sampler(stages, { seed: 0 }).explain(logits, history).stages.at(-1)!.tokens[0].id;
    expect(best(huggingFace({ repetitionPenalty: 10 }))).toBe(1);
    expect(best(llamaCpp({ repetitionPenalty: 10 }))).toBe(0);
    expect(best(vLLM({ repetitionPenalty: 10 }))).toBe(1);
    expect(best(vLLM({ presencePenalty: 10 }))).toBe(0);
    expect(best(llamaCpp({ presencePenalty: 10, penaltyLastTokens: 100 }))).toBe(1);
  });

  it('bad words that begin in the prompt', () => {
    const history = { ids: [1], promptLength: 1 };
    expect(kept(huggingFace({ badWords: [[1, 2]] }), new Float32Array(3), history)).toEqual([0, 1]);
    expect(kept(vLLM({ badWords: [[1, 2]] }), new Float32Array(3), history)).toEqual([0, 1, 2]);
  });

  describe("llama.cpp's own values for off", () => {
    const logits = Float32Array.of(1, 3, 2.9, 0, -4, 2.9, 3);
    const history = { ids: [1, 2, 1, 2, 1], promptLength: 0 };
    /** Every stage off: what the model says is drawn from. */
    const off = { penaltyLastTokens: 0, repetitionPenalty: 1, frequencyPenalty: 0, presencePenalty: 0, topNSigma: -1, topK: 0, typicalP: 1, topP: 1, minP: 0, xtcProbability: 0, temperature: 1 };
    const distribution = (options: LlamaCppOptions): number[] => [...new Sampler(llamaCpp({ ...off, ...options }), { seed: 0 }).distribution(logits, history)];

    it.each<LlamaCppOptions>([
      {}, { topK: -1 }, { topK: -7 }, { topP: 1.5 }, { typicalP: 2 }, { minP: -1 }, { topNSigma: 0 }, { xtcProbability: -1, xtcThreshold: 0 }, { xtcProbability: 1, xtcThreshold: 0.6 },
      { xtcProbability: 1, xtcThreshold: 1.5 }, { dynamicTemperatureRange: -1 }, { penaltyLastTokens: 0, repetitionPenalty: 2, presencePenalty: 3, frequencyPenalty: 1 }, { mirostat: 0 },
      { dry: { multiplier: 0 } }, { dry: { multiplier: 1, base: 0.5 } }, { dry: { multiplier: 1, lastTokens: 0 } },
    ])('%j changes nothing', (options) => {
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
      distribution(options).forEach((p, id) => expect(p).toBeCloseTo(Math.exp(logits[id]) / total, 6));
    });

    it.each<LlamaCppOptions>([{ temperature: 0 }, { temperature: -1 }, { minP: 1.01 }, { minP: 5 }, { topP: 0 }, { topP: -1 }, { topK: 1 }, { temperature: -2, dynamicTemperatureRange: 1 }])('%j takes the most probable token, one of equals', (options) => {
      expect(distribution(options)).toEqual([0, 1, 0, 0, 0, 0, 0]);
    });

    it('a window of -1 is the whole text, for the penalties and for DRY', () => {
      const long = { ids: [3, ...new Array<number>(100).fill(0)], promptLength: 0 };
      const [none, whole] = [64, -1].map((penaltyLastTokens) => new Sampler(llamaCpp({ ...off, penaltyLastTokens, presencePenalty: 2 }), { seed: 0 }).explain(logits, long).stages.at(-1)!.tokens.find(({ id }) => id === 3)!.logit);
      expect([none, whole]).toEqual([0, -2]);
      expect(distribution({ dry: { multiplier: 1, lastTokens: -1 } })).toEqual(distribution({ dry: { multiplier: 1 } }));
      expect(distribution({ dry: { multiplier: 1, lastTokens: -1 } })).not.toEqual(distribution({}));
    });

    it('with mirostat, a temperature below 0 is greedy as well', () => {
      expect(kept(llamaCpp({ mirostat: 2, temperature: -1 }), logits)).toEqual([1]);
    });
  });

  it('vLLM is greedy just above 0', () => {
    expect(kept(vLLM({ temperature: 9e-6 }), Float32Array.of(1, 1, 0))).toEqual([0]);
  });

  it.each<[string, () => unknown, string]>([
    ['a temperature', () => vLLM({ temperature: -1 }), 'temperature must be a finite number from 0'],
    ['a k of vLLM', () => vLLM({ topK: -2 }), 'topK must be an integer from -1, got -2; 0 and -1 keep every token'],
    ['a k of llama.cpp', () => llamaCpp({ topK: 0.5 }), 'topK must be an integer, got 0.5; 0 and below keep every token'],
    ['a version of mirostat', () => llamaCpp({ mirostat: 3 as 2 }), 'mirostat must be 0, 1 or 2, got 3; 0 is off'],
    ['a window', () => llamaCpp({ penaltyLastTokens: -2 }), 'penaltyLastTokens must be an integer from -1, got -2; 0 is off, -1 is the whole text'],
    ['a window of DRY', () => llamaCpp({ dry: { multiplier: 1, lastTokens: -2 } }), 'dry lastTokens must be an integer from 0, got -2'],
    ['a range', () => llamaCpp({ dynamicTemperatureRange: NaN }), 'dynamicTemperatureRange must be a finite number, got NaN'],
    ['a temperature of llama.cpp', () => llamaCpp({ temperature: Infinity }), 'temperature must be a finite number, got Infinity'],
    ['a share', () => llamaCpp({ minP: NaN }), 'minP must be a finite number, got NaN; it is a share from 0 to 1'],
    ['a penalty', () => llamaCpp({ repetitionPenalty: 0 }), 'repetitionPenalty must be a finite number above 0, got 0; 1 changes nothing'],
  ])('refuse %s', (_, build, message) => {
    expect(build).toThrow(RangeError);
    expect(build).toThrow(message);
  });
});

describe('fromOpenAI', () => {
  const logits = Float32Array.of(1, 0, 2, -1);

  it('follows the formula that the API documents', () => {
    const history = { ids: [3, 0, 0, 1], promptLength: 1 };
    const p = fromOpenAI({ temperature: 0.5, presence_penalty: 0.4, frequency_penalty: 0.3, logit_bias: { 2: -1 } }).distribution(logits, history);
    const expected = [1 - 2 * 0.3 - 0.4, 0 - 0.3 - 0.4, 2 - 1, -1].map((logit) => Math.exp(logit / 0.5));
    const total = expected.reduce((a, b) => a + b);
    p.forEach((value, id) => expect(value).toBeCloseTo(expected[id] / total, 6));
  });

  it('takes null for left out, repeats with a seed, and is greedy at 0', () => {
    const draw = (seed: number | null): number[] => {
      const sampler = fromOpenAI({ seed, temperature: null, top_p: null, logit_bias: null });
      return Array.from({ length: 40 }, () => sampler.sample(logits));
    };
    expect(draw(4)).toEqual(draw(4));
    expect(draw(null)).not.toEqual(draw(null));
    expect(fromOpenAI({ temperature: 0 }).sample(logits)).toBe(2);
    expect([...fromOpenAI({ top_p: 0.1 }).distribution(logits)]).toEqual([0, 0, 1, 0]);
  });

  it.each<[Parameters<typeof fromOpenAI>[0], string]>([
    [{ temperature: 2.1 }, 'temperature must be a number from 0 to 2, got 2.1'],
    [{ top_p: 1.5 }, 'topP must be a number from 0 to 1, got 1.5'],
    [{ presence_penalty: -3 }, 'presence_penalty must be a number from -2 to 2, got -3'],
    [{ frequency_penalty: NaN }, 'frequency_penalty must be a number from -2 to 2, got NaN'],
    [{ logit_bias: { 5: 101 } }, 'logit_bias of token 5 must be a number from -100 to 100, got 101'],
    [{ logit_bias: { five: 1 } }, 'no token id'],
    [{ seed: 0.5 }, 'seed is'],
  ])('refuses %j', (options, message) => {
    expect(() => fromOpenAI(options)).toThrow(RangeError);
    expect(() => fromOpenAI(options)).toThrow(message);
  });
});
