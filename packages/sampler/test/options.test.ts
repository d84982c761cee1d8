// Options that are misspelt are refused by everything that takes options, before anything else is looked at.
import { describe, expect, it } from 'vitest';
import * as api from '../src/index.js';
import { gbnfConstraint, jsonSchemaConstraint, TokenVocabulary } from '../src/grammar/index.js';
import * as stages from '../src/stages/index.js';

const logits = Float32Array.of(1, 2, 3);
const random = new api.Random(1);
const model = { vocabSize: 3, next: () => logits };
const history = { ids: [0], promptLength: 0 };
const vocabulary = new TokenVocabulary([new TextEncoder().encode('a')]);

const calls: [string, (options: never) => unknown][] = [
  ['Sampler', (options) => new api.Sampler([], options)],
  ['fork', (options) => new api.Sampler([]).fork(options)],
  ['explain', (options) => new api.Sampler([]).explain(logits, history, options)],
  ['explain', (options) => api.explain(logits, [], options)],
  ['sampleToken', (options) => api.sampleToken(logits, options)],
  ['distribution', (options) => api.distribution(logits, options)],
  ['huggingFace', (options) => api.huggingFace(options)],
  ['llamaCpp', (options) => api.llamaCpp(options)],
  ['vLLM', (options) => api.vLLM(options)],
  ['fromOpenAI', (options) => api.fromOpenAI(options)],
  ['streamText', (options) => api.streamText([], { tokenBytes: () => undefined } as never, options).next()],
  ['beamSearch', (options) => api.beamSearch(model, [0], options)],
  ['contrastiveSearch', (options) => api.contrastiveSearch(model as never, [0], options).next()],
  ['guided', (options) => api.guided(model, options)],
  ['generate', (options) => api.generate(model, [0], options).next()],
  ['TokenVocabulary', (options) => new TokenVocabulary([], options)],
  ['gbnfConstraint', (options) => gbnfConstraint('root ::= "a"', vocabulary, options)],
  ['jsonSchemaConstraint', (options) => jsonSchemaConstraint(true, vocabulary, options)],
  ['dynamicTemperature', (options) => api.dynamicTemperature(logits, options)],
  ['topH', (options) => api.topH(logits, 0.4, options)],
  ['topK', (options) => stages.topK(2, options)],
  ['topP', (options) => stages.topP(0.5, options)],
  ['minP', (options) => stages.minP(0.5, options)],
  ['typical', (options) => stages.typical(0.5, options)],
  ['epsilonCutoff', (options) => stages.epsilonCutoff(0.1, options)],
  ['etaCutoff', (options) => stages.etaCutoff(0.1, options)],
  ['pLess', (options) => api.pLess(logits, options)],
  ['xtc', (options) => api.xtc(logits, options, random)],
  ['mirostat1', (options) => api.mirostat1(logits, 5, options)],
  ['mirostat1', (options) => stages.mirostat1(options)],
  ['mirostat2', (options) => stages.mirostat2(options)],
  ['repetitionPenalty', (options) => api.repetitionPenalty(logits, history, 1.1, options)],
  ['frequencyPenalty', (options) => api.frequencyPenalty(logits, history, 1, options)],
  ['presencePenalty', (options) => api.presencePenalty(logits, history, 1, options)],
  ['dry', (options) => api.dry(logits, history, options)],
  ['noRepeatPromptNGram', (options) => api.noRepeatPromptNGram(logits, history, 2, options)],
  ['badWords', (options) => api.badWords(logits, history, [[1]], options)],
  ['minLength', (options) => api.minLength(logits, history, 2, [1], options)],
  ['lengthDecay', (options) => api.lengthDecay(logits, history, options, [1])],
];

describe('a misspelt option', () => {
  it.each(calls)('%s', async (owner, call) => {
    const given = async (options: unknown): Promise<unknown> => call(options as never);
    await expect(given({ temprature: 1 })).rejects.toThrow(new RegExp(`^${owner}: unknown option 'temprature'`));
    await expect(given({ toString: 1 })).rejects.toThrow(`${owner}: unknown option 'toString'`);
    await expect(given([])).rejects.toThrow(`${owner} got an empty list as its options`);
  });

  it('is named with the one that was meant', () => {
    expect(() => api.sampleToken(logits, { random, top_k: 2 } as never)).toThrow("sampleToken: unknown option 'top_k', did you mean 'topK'?; known: random, history, ");
  });
});

it('stages have one order, in whatever order their options are given', () => {
  const options = { topP: 0.9, temperature: 0.5, minP: undefined, repetitionPenalty: 1.1, logitBias: { 1: 2 }, topK: 2 };
  const expected = ['logitBias', 'repetitionPenalty', 'temperature', 'topK', 'topP'];
  expect(api.huggingFace(options).map(({ name }) => name)).toEqual(expected);
  expect(api.huggingFace(Object.fromEntries(Object.entries(options).reverse())).map(({ name }) => name)).toEqual(expected);
  expect(api.huggingFace({ topK: 2 }).map(({ name }) => name)).toEqual(['topK']);
  expect(api.huggingFace()).toEqual([]);
});
