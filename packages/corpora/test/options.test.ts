// A misspelt option is refused by every function here that takes options: it is looked at before anything else is.
import { describe, expect, it } from 'vitest';
import { arithmetic } from '../src/arithmetic/index.js';
import { centreDrawing, drawSigns, shrinkDrawing, writeDrawings } from '../src/digits/index.js';
import { stories, writeStories } from '../src/index.js';
import { brotli, readTextChunks, readTexts, zlib } from '../src/node.js';
import { burstiness, closedPairs, compression, entropyByOrder, repetition, textDistance, typeTokenRatio, verbAgreement, verbatimCopies, zipfFit } from '../src/stats/index.js';

/** Calls anything with anything, as JavaScript does, and waits for it or takes its first step. */
async function call(fn: unknown, args: readonly unknown[]): Promise<void> {
  const result: unknown = await (fn as (...args: readonly unknown[]) => unknown)(...args);
  if (typeof result === 'object' && result !== null && 'next' in result) await (result as AsyncIterator<unknown>).next();
}

describe('a misspelt option', () => {
  const misspelt = { temprature: 1 };
  it.each(Object.entries<readonly [fn: unknown, ...args: unknown[]]>({
    arithmetic: [arithmetic, 'en'],
    centreDrawing: [centreDrawing, undefined],
    shrinkDrawing: [shrinkDrawing, undefined],
    drawSigns: [drawSigns, []],
    writeDrawings: [writeDrawings, {}],
    stories: [stories, 'en'],
    writeStories: [writeStories, 'en'],
    brotli: [brotli],
    zlib: [zlib],
    readTextChunks: [readTextChunks, 'x'],
    readTexts: [readTexts, 'x'],
    compression: [compression, ''],
    burstiness: [burstiness, ''],
    closedPairs: [closedPairs, ''],
    entropyByOrder: [entropyByOrder, ''],
    repetition: [repetition, ''],
    textDistance: [textDistance, ''],
    typeTokenRatio: [typeTokenRatio, ''],
    verbAgreement: [verbAgreement, ''],
    verbatimCopies: [verbatimCopies, ''],
    zipfFit: [zipfFit, ''],
  }))('%s', async (name, [fn, ...args]) => {
    await expect(call(fn, [...args, misspelt])).rejects.toThrow(`${name}: unknown option 'temprature'`);
  });
});
