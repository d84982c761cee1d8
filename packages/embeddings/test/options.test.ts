// A misspelt option is refused by every function here that takes options: it is looked at before anything else is.
import { describe, expect, it } from 'vitest';
import * as embeddings from '../src/index.js';
import { readWordVectors, vectorFiles, writeWordVectors } from '../src/node.js';

/** Calls anything with anything, as JavaScript does, and waits for it or takes its first step. */
async function call(fn: unknown, args: readonly unknown[]): Promise<void> {
  const result: unknown = await (fn as (...args: readonly unknown[]) => unknown)(...args);
  if (typeof result === 'object' && result !== null && 'next' in result) await (result as AsyncIterator<unknown>).next();
}

describe('a misspelt option', () => {
  const misspelt = { temprature: 1 };
  it.each(Object.entries<readonly [fn: unknown, ...args: unknown[]]>({
    readGlove: [embeddings.readGlove, {}],
    readWord2vecText: [embeddings.readWord2vecText, {}],
    readWord2vecBinary: [embeddings.readWord2vecBinary, {}],
    readFastTextBinary: [embeddings.readFastTextBinary, {}],
    readVectorsSafetensors: [embeddings.readVectorsSafetensors, {}],
    readProjector: [embeddings.readProjector, {}],
    writeProjector: [embeddings.writeProjector, {}],
    writeGlove: [embeddings.writeGlove, {}],
    writeWord2vecBinary: [embeddings.writeWord2vecBinary, {}],
    writeWord2vecText: [embeddings.writeWord2vecText, {}],
    umapMap: [embeddings.umapMap, {}, {}],
    tsneMap: [embeddings.tsneMap, {}, {}],
    parseSimilarities: [embeddings.parseSimilarities, {}],
    evaluateSimilarities: [embeddings.evaluateSimilarities, {}, {}],
    evaluateAnalogies: [embeddings.evaluateAnalogies, {}, {}],
    evaluateAnalogiesInSteps: [embeddings.evaluateAnalogiesInSteps, {}, {}],
    associationTest: [embeddings.associationTest, {}, {}],
    analogy: [embeddings.analogy, {}, {}],
    runSteps: [embeddings.runSteps, {}],
    trainGlove: [embeddings.trainGlove, {}],
    trainPpmi: [embeddings.trainPpmi, {}],
    trainWordVectors: [embeddings.trainWordVectors, {}],
    readWordVectors: [readWordVectors, 'x'],
    writeWordVectors: [writeWordVectors, 'x', {}],
    vectorFiles: [vectorFiles, 'x'],
    NeighbourSearch: [(...args: never[]): unknown => Reflect.construct(embeddings.NeighbourSearch, args), {}, {}],
    WordSpace: [(...args: never[]): unknown => Reflect.construct(embeddings.WordSpace, args), {}],
    SmoothInverseFrequency: [(...args: never[]): unknown => Reflect.construct(embeddings.SmoothInverseFrequency, args), {}, {}],
    Alignment: [(...args: never[]): unknown => Reflect.construct(embeddings.Alignment, args), {}, {}, {}],
  }))('%s', async (name, [fn, ...args]) => {
    await expect(call(fn, [...args, misspelt])).rejects.toThrow(`${name}: unknown option 'temprature'`);
  });
});
