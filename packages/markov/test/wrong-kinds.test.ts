// Arguments of a wrong kind: in plain JavaScript no type keeps them away, and each is one error that names it.
import { describe, expect, it } from 'vitest';
import { markovFromBytes, markovFromJSON, MarkovModel, MixtureModel, readArpa, TextMarkov } from '../src/index.js';

const options = { unit: 'word', order: 1 } as const;
const trained = TextMarkov.train('the cat sat. the dog ran.', options);
const wrong: [string, unknown][] = [['undefined', undefined], ['null', null], ['a number', 5], ['a function', () => 'a'], ['a promise', Promise.resolve('a')], ['an object', { nothing: 1 }]];

const calls: [string, (value: never) => unknown][] = [
  ['train(texts)', (value) => TextMarkov.train(value, options)],
  ['train([text])', (value) => TextMarkov.train([value], options)],
  ['train(texts, options)', (value) => TextMarkov.train('a b', value)],
  ['trainInSteps(texts)', (value) => [...TextMarkov.trainInSteps(value, options)]],
  ['trainStream(texts)', (value) => TextMarkov.trainStream(value, options)],
  ['add(text)', (value) => TextMarkov.train('a b', options).add(value)],
  ['encode(text)', (value) => trained.encode(value)],
  ['decode(ids)', (value) => trained.decode(value)],
  ['generate(options)', (value) => trained.generate(value)],
  ['evaluate(text)', (value) => trained.evaluate(value)],
  ['occurrences(context)', (value) => trained.occurrences(value)],
  ['trace(text)', (value) => trained.trace(value)],
  ['copies(text)', (value) => trained.copies(value, { minimumRun: 2 })],
  ['copies(text, options)', (value) => trained.copies('the cat', value)],
  ['new MixtureModel(parts)', (value) => new MixtureModel(value)],
  ['new MixtureModel([part])', (value) => new MixtureModel([value])],
  ['MarkovModel.train(ids)', (value) => MarkovModel.train(value, { order: 1, vocabSize: 3 })],
  ['MarkovModel.trainAll(texts)', (value) => MarkovModel.trainAll(value, { order: 1, vocabSize: 3 })],
  ['MarkovModel.trainAll([text])', (value) => MarkovModel.trainAll([value], { order: 1, vocabSize: 3 })],
  ['MarkovModel.train(ids, options)', (value) => MarkovModel.train([0, 1], value)],
  ['next(context)', (value) => trained.model.next(value)],
  ['evaluate(ids)', (value) => trained.model.evaluate(value)],
  ['readArpa(text)', (value) => readArpa(value)],
  ['markovFromBytes(bytes)', (value) => markovFromBytes(value)],
  ['markovFromJSON(json)', (value) => markovFromJSON(value)],
];

/** How an engine says it. */
const ENGINE = /Cannot read|is not a function|of undefined|not iterable|is not defined|Cannot convert|Cannot use|Cannot destructure|undefined is not|null is not/;

describe.each(calls)('%s', (_, call) => {
  it.each(wrong)('names %s', async (_name, value) => {
    const error = await (async () => call(value as never))().then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).not.toMatch(ENGINE);
  });
});

it('says what to do with a text that nobody waited for', () => {
  expect(() => TextMarkov.train(Promise.resolve('a') as never, options)).toThrow('a text to train on is a Promise; expected a string, or an object such as { text, name }. Write await before what gives it.');
  expect(() => TextMarkov.train('a', undefined as never)).toThrow('TextMarkov.train got undefined as its options; expected an object with unit, order,');
  expect(() => TextMarkov.train('a', { unit: 'words', order: 1 } as never)).toThrow('got "words"');
});
