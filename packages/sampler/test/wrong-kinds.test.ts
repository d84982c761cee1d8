// Arguments of a wrong kind: everything that the package exports refuses them with an error that names the parameter, and never with one of the engine's own.
import { describe, expect, it } from 'vitest';
import { constrain, gbnfConstraint, prefixConstraint, regexConstraint, TokenMask, TokenVocabulary } from '../src/grammar/index.js';
import * as api from '../src/index.js';
import * as stages from '../src/stages/index.js';

const logits = Float32Array.of(1, 2, 3);
const random = new api.Random(1);
const model = { vocabSize: 3, next: () => logits, nextWithHidden: () => ({ logits, hidden: Float32Array.of(1) }) };
const vocabulary = new TokenVocabulary([new TextEncoder().encode('a')]);
const tokens = { tokenBytes: (): undefined => undefined };
const written = { maxTokens: 1 };

const wrong: [string, unknown][] = [
  ['null', null],
  ['a number', 5],
  ['a string', 'gpt2'],
  ['a Promise', Promise.resolve(model)],
  ['an object of another kind', { color: 'red' }],
  ['a list of others', [null, {}]],
];

/** Where undefined stands for a default. */
const optional = new Set(['history', 'out', 'random of Sampler', 'stopWhen', 'signal', 'stopTokens', 'endTokens', 'endTokens of TokenVocabulary', 'sampler', 'unconditional', 'random of xtc', 'stopStrings', 'endTokens of forceEnd', 'endTokens of huggingFace', 'breakers']);

type Call = (given: never) => unknown;
/** The parameter, with what takes it, and the word by which the error names it. */
const calls: [parameter: string, named: RegExp, call: Call][] = [
  ...(['softmax', 'greedy', 'entropy', 'logProbs'] as const).map((name): [string, RegExp, Call] => [`logits of ${name}`, /^logits/, (given) => api[name](given)]),
  ['logits of surprise', /^logits/, (given) => api.surprise(given, 0)],
  ['logits of a processor', /^logits/, (given) => api.topK(given, 2)],
  ['logits of sampleToken', /^logits/, (given) => api.sampleToken(given, { random })],
  ['logits of sample', /^logits/, (given) => new api.Sampler([]).sample(given)],
  ['logits of distribution', /^logits/, (given) => new api.Sampler([]).distribution(given)],
  ['logits of explain', /^logits/, (given) => api.explain(given, [])],
  ['out', /^out is/, (given) => api.topK(logits, 2, given)],
  ['out', /^out is/, (given) => api.logProbs(logits, given)],
  ['out', /^out is/, (given) => new api.Sampler([]).distribution(logits, { ids: [], promptLength: 0 }, given)],
  ['history', /^history/, (given) => new api.Sampler([]).sample(logits, given)],
  ['history', /^history/, (given) => api.explain(logits, [], { history: given })],
  ['ids of the history', /^history(\.ids|\[0\])/, (given) => new api.Sampler([]).sample(logits, { ids: given, promptLength: 0 })],
  ['random of xtc', /^random is/, (given) => api.xtc(logits, { probability: 1, threshold: 0.1 }, given)],
  ['random of Sampler', /^random is/, (given) => new api.Sampler([], { random: given })],
  ['stages of Sampler', /^stages(\[0\])? is/, (given) => new api.Sampler(given)],
  ['stages of explain', /^stages(\[0\])? is/, (given) => api.explain(logits, given)],
  ['a stage of Sampler', /^stages\[1\] is/, (given) => new api.Sampler([stages.topK(2), given])],
  ['logitBias', /^logitBias/, (given) => stages.logitBias(given)],
  ['sequenceBias', /^sequenceBias/, (given) => stages.sequenceBias(given)],
  ['badWords', /^badWords/, (given) => stages.badWords(given)],
  ['allowTokens', /^allowTokens/, (given) => stages.allowTokens(given)],
  ['suppressTokens', /^suppressTokens/, (given) => stages.suppressTokens(given)],
  ['forceTokens', /^forceTokens/, (given) => stages.forceTokens(given)],
  ['endTokens of forceEnd', /^forceEnd/, (given) => stages.forceEnd(given)],
  ['endTokens of minLength', /^minLength endTokens/, (given) => stages.minLength(2, given)],
  ['endTokens of huggingFace', /^(endTokens|minLength endTokens)/, (given) => api.huggingFace({ minNewTokens: 2, endTokens: given })],
  ['random of sampleToken', /^(random is|sampleToken: the option 'random' is missing)/, (given) => api.sampleToken(logits, { random: given })],
  ['breakers', /^dry breakers/, (given) => stages.dry({ multiplier: 1, breakers: given })],
  ['model of generate', /^model is/, (given) => api.generate(given, [0], written).next()],
  ['model of bestOf', /^model is/, (given) => api.bestOf(given, [0], { ...written, n: 1 })],
  ['model of beamSearch', /^model is/, (given) => api.beamSearch(given, [0], { ...written, beams: 1 })],
  ['model of contrastiveSearch', /^model is/, (given) => api.contrastiveSearch(given, [0], written).next()],
  ['target of speculativeGenerate', /^target is/, (given) => api.speculativeGenerate(given, model, [0], written).next()],
  ['draft of speculativeGenerate', /^draft is/, (given) => api.speculativeGenerate(model, given, [0], written).next()],
  ['model of guided', /^model is/, (given) => api.guided(given, { scale: 1, promptLength: 0, negativePrompt: [] })],
  ['unconditional', /^unconditional is/, (given) => api.guided(model, { scale: 1, promptLength: 0, negativePrompt: [] }, given)],
  ['negativePrompt', /^negativePrompt/, (given) => api.guided(model, { scale: 1, promptLength: 0, negativePrompt: given })],
  ['what a model gives', /^(what the model gave|the model gave|logits)/, (given) => api.generate({ vocabSize: 3, next: () => given }, [0], written).next()],
  ['what nextWithHidden gives', /^what/, (given) => api.contrastiveSearch({ ...model, nextWithHidden: () => ({ logits, hidden: given }) }, [0], written).next()],
  ['nextMany', /^target\.nextMany is/, (given) => api.speculativeGenerate({ ...model, nextMany: given }, model, [0], written).next()],
  ['prompt of generate', /^prompt/, (given) => api.generate(model, given, written).next()],
  ['prompt of bestOf', /^prompt/, (given) => api.bestOf(model, given, { ...written, n: 1 })],
  ['prompt of beamSearch', /^prompt/, (given) => api.beamSearch(model, given, { ...written, beams: 1 })],
  ['prompt of contrastiveSearch', /^prompt/, (given) => api.contrastiveSearch(model, given, written).next()],
  ['stopTokens', /^stopTokens/, (given) => api.generate(model, [0], { ...written, stopTokens: given }).next()],
  ['endTokens', /^endTokens/, (given) => api.generate(model, [0], { ...written, endTokens: given }).next()],
  ['stopWhen', /^stopWhen is/, (given) => api.generate(model, [0], { ...written, stopWhen: given }).next()],
  ['signal', /^signal is/, (given) => api.generate(model, [0], { ...written, signal: given }).next()],
  ['sampler', /^sampler is/, (given) => api.generate(model, [0], { ...written, sampler: given }).next()],
  ['sampler', /^sampler is/, (given) => api.beamSearch(model, [0], { ...written, beams: 1, sampler: given })],
  ['tokens of streamText', /^tokens is/, (given) => api.streamText([], given).next()],
  ['stopStrings', /^stopStrings/, (given) => api.streamText([], tokens, { stopStrings: given }).next()],
  ['grammar', /^a grammar must/, (given) => gbnfConstraint(given, vocabulary)],
  ['vocabulary of gbnfConstraint', /^vocabulary is/, (given) => gbnfConstraint('root ::= "a"', given)],
  ['vocabulary of regexConstraint', /^vocabulary is/, (given) => regexConstraint('a', given)],
  ['pattern', /^a regular expression must/, (given) => regexConstraint(given, vocabulary)],
  ['prefix', /^prefix is/, (given) => prefixConstraint(given, vocabulary)],
  ['vocabulary of prefixConstraint', /^vocabulary is/, (given) => prefixConstraint('a', given)],
  ['constraint', /^constraint is/, (given) => constrain(given)],
  ['tokenBytes', /^tokenBytes/, (given) => new TokenVocabulary(given)],
  ['endTokens of TokenVocabulary', /^endTokens/, (given) => new TokenVocabulary([new TextEncoder().encode('a')], { endTokens: given })],
  ['size of TokenMask', /^size must/, (given) => new TokenMask(given)],
];

/** A string is a text for these, a number a size, and some of the objects are lists. */
const isRight = (parameter: string, kind: string): boolean =>
  (['grammar', 'pattern', 'prefix'].includes(parameter) && kind === 'a string') ||
  (parameter === 'size of TokenMask' && kind === 'a number') ||
  (parameter === 'ids of the history' && kind === 'a list of others') ||
  (parameter === 'what nextWithHidden gives' && kind === 'a list of others') ||
  (parameter === 'what a model gives' && kind === 'a Promise');

const ENGINE = /Cannot|is not a function|not iterable|is not defined|of undefined|of null|Invalid array|Reduce of/;

describe('an argument of a wrong kind', () => {
  it.each(calls)('%s', async (parameter, named, call) => {
    const kinds = optional.has(parameter) ? wrong : [['undefined', undefined] as [string, unknown], ...wrong];
    for (const [kind, value] of kinds) {
      if (isRight(parameter, kind)) continue;
      const error: unknown = await Promise.resolve().then(() => call(value as never)).then(() => undefined, (reason: unknown) => reason);
      expect(error, `${kind} was taken`).toBeInstanceOf(Error);
      expect((error as Error).message, kind).toMatch(named);
      expect((error as Error).message, kind).not.toMatch(ENGINE);
    }
  });

  it('is said to be a Promise that nobody waited for', async () => {
    const loaded = Promise.resolve(model);
    await expect(api.generate(loaded as never, [0], written).next()).rejects.toThrow('model is a Promise; expected a model with vocabSize and the method next. Write await before what gives it.');
    await expect(api.streamText([], loaded as never).next()).rejects.toThrow('Write await before what gives it.');
  });

  it('is no stage where it is the function that makes one', () => {
    expect(() => new api.Sampler([stages.pLess as never])).toThrow('stages[0] is a function; expected a stage with the method apply, such as stages.topK(40).');
  });

  it('is refused as a vocabulary without tokens', async () => {
    for (const vocabSize of [undefined, NaN, 0, '3']) {
      await expect(api.generate({ vocabSize, next: () => logits } as never, [0], written).next()).rejects.toThrow(/^model\.vocabSize is .*; expected an integer from 1\.$/);
    }
  });

  it('stands in quotes where it is a string', () => {
    expect(() => stages.topK('40' as never)).toThrow('got "40"');
    expect(() => stages.temperature('1' as never)).toThrow('got "1"');
    expect(() => api.surprise(logits, '0' as never)).toThrow('"0" is no token');
    expect(() => new api.Sampler([], { draw: 'best' as never })).toThrow('got "best"');
  });
});
