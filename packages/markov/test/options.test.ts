// A misspelt option is refused by every function here that takes options: it is looked at before anything else is.
import { describe, expect, it } from 'vitest';
import { MarkovModel, markovFromArpa, markovFromBytes, markovFromJSON, markovToBytes, markovToJSON, readArpa, readArpaStream, TextMarkov } from '../src/index.js';
import { readMarkov, writeMarkov } from '../src/node.js';

/** Calls anything with anything, as JavaScript does, and waits for it or takes its first step. */
async function call(fn: unknown, args: readonly unknown[]): Promise<void> {
  const result: unknown = await (fn as (...args: readonly unknown[]) => unknown)(...args);
  if (typeof result === 'object' && result !== null && 'next' in result) await (result as AsyncIterator<unknown>).next();
}

describe('a misspelt option', () => {
  const misspelt = { temprature: 1 };
  const letters = TextMarkov.train('ab', { unit: 'character', order: 1 });

  it.each(Object.entries<readonly [fn: unknown, ...args: unknown[]]>({
    'MarkovModel.train': [MarkovModel.train.bind(MarkovModel), []],
    'MarkovModel.trainAll': [MarkovModel.trainAll.bind(MarkovModel), []],
    'MarkovModel.trainInSteps': [MarkovModel.trainInSteps.bind(MarkovModel), []],
    'MarkovModel.trainStream': [MarkovModel.trainStream.bind(MarkovModel), []],
    'MarkovModel.fromCounts': [MarkovModel.fromCounts.bind(MarkovModel), undefined, []],
    'MarkovModel.prune': [letters.counted.prune.bind(letters.counted)],
    'TextMarkov.train': [TextMarkov.train.bind(TextMarkov), 'a'],
    'TextMarkov.trainInSteps': [TextMarkov.trainInSteps.bind(TextMarkov), ['a']],
    'TextMarkov.trainStream': [TextMarkov.trainStream.bind(TextMarkov), ['a']],
    'TextMarkov.generate': [letters.generate.bind(letters)],
    'TextMarkov.generateTokens': [letters.generateTokens.bind(letters)],
    'TextMarkov.sentence': [letters.sentence.bind(letters)],
    'TextMarkov.stream': [letters.stream.bind(letters)],
    markovFromArpa: [markovFromArpa, {}],
    markovFromBytes: [markovFromBytes, undefined],
    markovFromJSON: [markovFromJSON, undefined],
    markovToBytes: [markovToBytes, undefined],
    markovToJSON: [markovToJSON, undefined],
    readArpa: [readArpa, ''],
    readArpaStream: [readArpaStream, undefined],
    readMarkov: [readMarkov, 'x'],
    writeMarkov: [writeMarkov, 'x', undefined],
  }))('%s', async (name, [fn, ...args]) => {
    await expect(call(fn, [...args, misspelt])).rejects.toThrow(`${name}: unknown option 'temprature'`);
  });
});
