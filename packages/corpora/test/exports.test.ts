// The public names: a new one must show in the diff of this file.

import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import * as main from '@kk/corpora';
import * as arithmetic from '@kk/corpora/arithmetic';
import * as digits from '@kk/corpora/digits';
import * as instructions from '@kk/corpora/instructions';
import * as node from '@kk/corpora/node';
import * as sentences from '@kk/corpora/sentences';
import * as stats from '@kk/corpora/stats';

it('exports of @kk/corpora', () => {
  expect(Object.keys(main).sort()).toMatchInlineSnapshot(`
    [
      "entropyPerToken",
      "inspectStory",
      "languages",
      "parseStory",
      "stories",
      "storyEntropy",
      "storySeparator",
      "writeStories",
      "writeStory",
    ]
  `);
});

it('exports of @kk/corpora/node', () => {
  expect(Object.keys(node).sort()).toMatchInlineSnapshot(`
    [
      "brotli",
      "readJSONLines",
      "readTextChunks",
      "readTexts",
      "zlib",
    ]
  `);
});

it('exports of @kk/corpora/stats: the functions of its table, and these', () => {
  const functions = new Set(Object.values(stats.statistics).flatMap((statistic) => Object.keys(statistic.functions)));
  expect(Object.keys(stats).filter((name) => !functions.has(name)).sort()).toMatchInlineSnapshot(`
    [
      "deflate",
      "measureAll",
      "statistics",
    ]
  `);
});

it('exports of @kk/corpora/digits', () => {
  expect(Object.keys(digits).sort()).toMatchInlineSnapshot(`
    [
      "canvasInk",
      "centreDrawing",
      "digitSigns",
      "drawSigns",
      "drawingInput",
      "drawingSize",
      "letterSigns",
      "readDrawings",
      "shrinkDrawing",
      "writeDrawings",
    ]
  `);
});

it('exports of @kk/corpora/sentences', () => {
  expect(Object.keys(sentences).sort()).toMatchInlineSnapshot(`
    [
      "answerCount",
      "courseSentences",
      "functionWords",
      "sentenceWords",
      "vectorQuestions",
      "wordKinds",
      "wordPairs",
    ]
  `);
});

it('exports of @kk/corpora/instructions', () => {
  expect(Object.keys(instructions).sort()).toMatchInlineSnapshot(`
    [
      "biasProbes",
      "followsRule",
      "hasRightForm",
      "instructionConversations",
      "instructionKinds",
      "instructions",
      "newStylePrompts",
      "notSaid",
      "preferencePairs",
      "preferenceRules",
      "questionKinds",
      "ratedAnswers",
      "styleLines",
      "styles",
      "writeInstructions",
      "writePreferencePairs",
    ]
  `);
});

it.each([['index.ts', 30], ['stats/index.ts', 25], ['digits/index.ts', 14], ['sentences/index.ts', 6], ['instructions/index.ts', 40]])('%s imports nothing of Node', async (entry, least) => {
  const reached = new Set([new URL(`../src/${entry}`, import.meta.url).href]);
  for (const url of reached) {
    const source = await readFile(new URL(url), 'utf8');
    expect(source, url).not.toMatch(/'node:/);
    for (const [, to] of source.matchAll(/from '(\.[^']+)\.js'/g)) reached.add(new URL(`${to}.ts`, url).href);
  }
  expect(reached.size).toBeGreaterThan(least);
});

it('exports of @kk/corpora/arithmetic', () => {
  expect(Object.keys(arithmetic).sort()).toMatchInlineSnapshot(`
    [
      "arithmetic",
      "arithmeticForms",
      "greatestNumber",
      "numberWords",
      "writeArithmetic",
    ]
  `);
});
