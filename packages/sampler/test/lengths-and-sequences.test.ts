// Processors that know the whole text: biases of sequences, n-grams of the prompt, ends that are forced or come closer; and what a preset
// leaves of the end. Numbers marked as published are those of the tests of Hugging Face transformers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badWords, beamSearch, forceEnd, generate, huggingFace, lengthDecay, minP, noRepeatPromptNGram, sampleToken, Sampler, sequenceBias, topH, type GenerateOptions, type NextTokenModel } from '../src/index.js';
import * as stages from '../src/stages/index.js';
import { keptBy } from './arbitraries.js';

const never = -Infinity;
const zeros = (size: number): Float32Array => new Float32Array(size);
const forbidden = (logits: Float32Array): number[] => [...logits.keys()].filter((id) => logits[id] === never);
/** The tests of transformers truncate this, and a hundred times this. */
const ramp = (factor: number): Float32Array => Float32Array.from({ length: 10 }, (_, id) => (id - 5) * factor);
const keptByStage = (stage: stages.Stage, logits: Float32Array): number => new Sampler([stage]).distribution(logits).filter((p) => p > 0).length;

async function collect(model: NextTokenModel, prompt: number[], options: GenerateOptions): Promise<number[]> {
  const ids: number[] = [];
  for await (const id of generate(model, prompt, options)) ids.push(id);
  return ids;
}

describe('sequenceBias', () => {
  it('adds to what would complete a sequence (published)', () => {
    const bias = [[[1], 100], [[4], 100], [[1, 0], -100], [[0, 1, 2], -100], [[1, 3, 1, 3], -100], [[1, 3, 1, 3, 1, 3], -100]] as const;
    expect([...sequenceBias(zeros(5), [0, 1, 3, 1], bias)]).toEqual([-100, 100, 0, -100, 100]);
    expect([...sequenceBias(zeros(5), [0, 1, 0, 1], bias)]).toEqual([-100, 100, -100, 0, 100]);
  });

  it('adds up, counts a sequence one longer than the text, and can forbid', () => {
    expect([...sequenceBias(zeros(3), [1], [[[1, 2], 2], [[2], 3], [[1, 0], never]])]).toEqual([never, 0, 5]);
    expect([...sequenceBias(zeros(3), [], [[[1, 2], 2]])]).toEqual([0, 0, 0]);
  });

  it('with -Infinity is what bad words are', () => {
    const ids = fc.array(fc.nat(3), { maxLength: 6 });
    fc.assert(fc.property(ids, fc.array(fc.array(fc.nat(3), { minLength: 1, maxLength: 4 })), (text, words) => {
      expect(sequenceBias(zeros(4), text, words.map((word) => [word, never] as const))).toEqual(badWords(zeros(4), text, words));
    }));
  });

  it('refuses what is no sequence or no bias', () => {
    expect(() => sequenceBias(zeros(3), [], [[[1], 1], [[], 1]])).toThrow('sequenceBias[1] is empty');
    expect(() => sequenceBias(zeros(3), [], [[[1, 3], 1]])).toThrow('sequenceBias: 3 is no token of this vocabulary');
    expect(() => sequenceBias(zeros(3), [], [[[1, 2], NaN]])).toThrow('sequenceBias of sequence 1, 2 must be a finite number, or -Infinity to forbid it, got NaN');
  });
});

describe('noRepeatPromptNGram', () => {
  it('forbids the sequences of another text (published)', () => {
    const source = [1, 2, 1, 1];
    expect(forbidden(noRepeatPromptNGram(zeros(3), [1, 2, 1], 2, { source }))).toEqual([1, 2]);
    expect(forbidden(noRepeatPromptNGram(zeros(3), [8, 0, 2], 2, { source }))).toEqual([1]);
    expect(forbidden(noRepeatPromptNGram(zeros(3), [1, 2, 1], 3, { source }))).toEqual([1]);
    expect(forbidden(noRepeatPromptNGram(zeros(3), [8, 0, 2], 3, { source }))).toEqual([]);
  });

  it('takes the prompt, and not what was written', () => {
    const history = { ids: [0, 1, 2, 3, 2, 0], promptLength: 4 };
    expect(forbidden(noRepeatPromptNGram(zeros(5), history, 2))).toEqual([1]);
    expect(forbidden(noRepeatPromptNGram(zeros(5), history, 1))).toEqual([0, 1, 2, 3]);
    expect(forbidden(noRepeatPromptNGram(zeros(5), { ids: [], promptLength: 0 }, 3, { source: [0, 1, 2] }))).toEqual([]);
    expect(() => noRepeatPromptNGram(zeros(5), history, 0)).toThrow('noRepeatPromptNGram must be an integer from 1, got 0');
  });
});

describe('forceEnd', () => {
  it('leaves only the end at the last place (published), even if it was impossible', () => {
    // The length of 5 counts the prompt there; here it is empty.
    expect([...forceEnd(Float32Array.of(never, 2, 3), [0, 1, 2, 1], [0], 5)]).toEqual([0, never, never]);
    expect([...forceEnd(Float32Array.of(never, 2, 3), [0, 1, 2], [0], 5)]).toEqual([never, 2, 3]);
    expect([...forceEnd(zeros(4), { ids: [0, 0, 1], promptLength: 2, endTokens: [3, 1], maxTokens: 2 }, [])]).toEqual([never, 0, never, 0]);
  });

  it('ends every text of generate, whatever the model prefers', async () => {
    const endless: NextTokenModel = { vocabSize: 3, next: () => Float32Array.of(5, 5, never) };
    for (const options of [{ stopTokens: [2] }, { endTokens: [2] }]) expect(await collect(endless, [0], { ...options, maxTokens: 4, seed: 1, forceEnd: true })).toHaveLength(3);
    const [{ stopToken, ids }] = await beamSearch(endless, [0], { maxTokens: 4, beams: 2, sampler: new Sampler([stages.forceEnd([2])], { seed: 1 }) });
    expect([stopToken, ids.length]).toEqual([2, 3]);
  });

  it('says what it does not know', () => {
    expect(() => forceEnd(zeros(3), [], [1])).toThrow('forceEnd does not know the maximum number of tokens');
    expect(() => forceEnd(zeros(3), [], [], 1)).toThrow('forceEnd does not know a token that ends the text; name one in endTokens');
    expect(() => forceEnd(zeros(3), [], [3], 1)).toThrow('forceEnd: 3 is no token of this vocabulary');
    expect(() => forceEnd(zeros(3), { ids: [], promptLength: 0, endTokens: [7] }, [], 1)).toThrow('forceEnd: 7 is no token of this vocabulary');
    expect(() => forceEnd(zeros(3), [], [1], 0)).toThrow('forceEnd maxTokens must be an integer from 1, got 0');
    expect(sampleToken(zeros(3), { forceEnd: true, endTokens: [1], random: { uniform: () => 0 }, history: { ids: [0], promptLength: 0, maxTokens: 2 } })).toBe(1);
  });
});

describe('lengthDecay', () => {
  it('raises every end, wherever it was named, and nothing else', () => {
    const history = { ids: [0, 0, 0, 0], promptLength: 1, endTokens: [1] };
    const [first, second, third, fourth] = lengthDecay(Float32Array.of(2, 2, -2, never), history, { start: 1, factor: 2 }, [2, 3]);
    // Two tokens beyond the start: |2| * (2^2 - 1) = 6.
    expect([first, second, third, fourth]).toEqual([2, 8, 4, never]);
    expect([...lengthDecay(Float32Array.of(2, 2), { ids: [0, 0], promptLength: 1 }, { start: 1, factor: 2 }, [1])]).toEqual([2, 2]);
  });

  it('never overflows', () => {
    const history = { ids: new Array<number>(5000).fill(0), promptLength: 0 };
    const decayed = lengthDecay(Float32Array.of(3e38, 1, 0), history, { start: 0, factor: 10 }, [0, 1, 2]);
    expect(decayed.every(Number.isFinite)).toBe(true);
    expect(() => lengthDecay(zeros(1), [], { start: 0, factor: 0 }, [])).toThrow('lengthDecay factor must be a finite number above 0, got 0');
    expect(() => lengthDecay(zeros(1), [], { start: -1, factor: 2 }, [])).toThrow('lengthDecay start must be an integer from 0, got -1');
  });

  it('brings a text to its end', async () => {
    const talkative: NextTokenModel = { vocabSize: 2, next: () => Float32Array.of(6, 1) };
    const options = { maxTokens: 1000, temperature: 0, stopTokens: [1] };
    expect(await collect(talkative, [], options)).toHaveLength(1000);
    // 1.5^n exceeds 6 at n = 5.
    expect(await collect(talkative, [], { ...options, lengthDecay: { start: 10, factor: 1.5 } })).toHaveLength(15);
  });
});

describe('minTokensToKeep', () => {
  it.each<[string, stages.Stage, number[]]>([
    ['topP', stages.topP(0.9, { minTokensToKeep: 2 }), [3, 2]],
    ['minP', stages.minP(0.05, { minTokensToKeep: 2 }), [3, 2]],
    ['typical', stages.typical(0.7, { minTokensToKeep: 2 }), [2, 2]],
    ['epsilonCutoff', stages.epsilonCutoff(0.05, { minTokensToKeep: 2 }), [3, 2]],
    ['etaCutoff', stages.etaCutoff(0.1, { minTokensToKeep: 2 }), [2, 2]],
  ])('of %s keeps as many of a ramp, and of a steep one (published)', (_, stage, [flat, steep]) => {
    expect(keptByStage(stage, ramp(1))).toBe(flat);
    // A weight of exp(-100) is nothing in float32, so that the distribution does not show it: count what the stage leaves.
    expect(new Sampler([stage]).explain(ramp(100)).stages[1].remaining).toBe(steep);
  });

  it('never adds what is impossible, and leaves all if there are fewer', () => {
    const logits = Float32Array.of(5, never, 0, never);
    for (const make of [stages.topP, stages.minP, stages.typical, stages.epsilonCutoff, stages.etaCutoff] as const) {
      expect(new Sampler([make(make === stages.minP || make === stages.epsilonCutoff || make === stages.etaCutoff ? 1 : 0, { minTokensToKeep: 3 })]).explain(logits).stages[1].remaining).toBe(2);
    }
    expect(keptByStage(stages.topK(1, { minTokensToKeep: 3 }), ramp(1))).toBe(3);
  });

  it('splits ties as the stage does: top-p and min-p by the lower ids, the others not at all', () => {
    const logits = Float32Array.of(0, 9, 1, 1, 1);
    const kept = (stage: stages.Stage): number[] => [...new Sampler([stage]).distribution(logits).entries()].filter(([, p]) => p > 0).map(([id]) => id);
    expect(kept(stages.topP(0.1, { minTokensToKeep: 3 }))).toEqual([1, 2, 3]);
    expect(kept(stages.minP(0.5, { minTokensToKeep: 3 }))).toEqual([1, 2, 3]);
    expect(kept(stages.epsilonCutoff(0.5, { minTokensToKeep: 3 }))).toEqual([1, 2, 3, 4]);
    expect(() => stages.minP(0.5, { minTokensToKeep: 0 })).toThrow('minP minTokensToKeep must be an integer from 1, got 0');
  });

  it('of 1 changes nothing', () => {
    const logits = ramp(0.7);
    expect(new Sampler([stages.minP(0.2, { minTokensToKeep: 1 })]).distribution(logits).map((p) => (p > 0 ? 1 : 0))).toEqual(minP(logits, 0.2).map((logit) => (logit > never ? 1 : 0)));
  });
});

describe('topH', () => {
  it('splits ties by id, and considers no more than it is told', () => {
    expect(keptBy(topH(zeros(10), 0.5))).toEqual([0, 1, 2, 3, 4]);
    expect(keptBy(topH(zeros(10), 0))).toEqual([0]);
    expect(keptBy(topH(zeros(300), 1))).toHaveLength(100);
    expect(keptBy(topH(zeros(300), 1, { among: 7 }))).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(keptBy(topH(Float32Array.of(never, 3, never), 0.4))).toEqual([1]);
    expect(() => topH(zeros(3), 1.1)).toThrow('topH must be a number from 0 to 1, got 1.1');
    expect(() => topH(zeros(3), 1, { among: 0 })).toThrow('topH among must be an integer from 1, got 0');
  });
});

describe('bad words and the end', () => {
  const words = [[1], [4], [1, 0], [0, 1, 2], [1, 3, 1, 3]];
  const forbiddenBy = (options: Parameters<typeof huggingFace>[0], ids: number[], endTokens?: number[]): number[] => {
    const p = new Sampler(huggingFace(options), { seed: 0 }).distribution(zeros(5), { ids, promptLength: 0, endTokens });
    return [...p.keys()].filter((id) => p[id] === 0);
  };

  it('the huggingFace preset never forbids the end (published), wherever it was named', () => {
    expect(forbiddenBy({ badWords: words, endTokens: [4] }, [0, 1, 3, 1])).toEqual([0, 1, 3]);
    expect(forbiddenBy({ badWords: words }, [0, 1, 0, 1], [4])).toEqual([0, 1, 2]);
    expect(forbiddenBy({ badWords: [[4]], endTokens: [4] }, [])).toEqual([]);
  });

  it('without a known end, and in longer sequences, it is a token like any other', () => {
    expect(forbiddenBy({ badWords: words }, [0, 1, 3, 1])).toEqual([0, 1, 3, 4]);
    expect(forbiddenBy({ badWords: [[3, 4]], endTokens: [4] }, [3])).toEqual([4]);
    expect(forbidden(badWords(zeros(5), [], [[4], [1]]))).toEqual([1, 4]);
  });

  it('so a text ends', async () => {
    const model: NextTokenModel = { vocabSize: 3, next: () => Float32Array.of(0, 0, 9) };
    expect(await collect(model, [0], { maxTokens: 9, seed: 1, stopTokens: [2], badWords: [[2]] })).toHaveLength(0);
  });
});
