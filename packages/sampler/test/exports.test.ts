import { expect, it } from 'vitest';
import * as grammar from '../src/grammar/index.js';
import * as api from '../src/index.js';
import * as stages from '../src/stages/index.js';

const names = (entry: object): string[] => Object.keys(entry).sort();

it('exports exactly this beside the processors', () => {
  expect(names(api).filter((name) => !(name in stages))).toMatchInlineSnapshot(`
    [
      "Random",
      "Sampler",
      "beamSearch",
      "bestOf",
      "contrastiveSearch",
      "distribution",
      "entropy",
      "explain",
      "freshSeed",
      "fromOpenAI",
      "generate",
      "greedy",
      "guided",
      "huggingFace",
      "llamaCpp",
      "logProbs",
      "sampleToken",
      "samplingStages",
      "softmax",
      "speculativeGenerate",
      "streamText",
      "surprise",
      "vLLM",
    ]
  `);
});

// Which processors there are is in their table: see processor-table.test.ts.
it('exports every processor as a function and as a stage, and nothing else as a stage', () => {
  expect(names(stages).filter((name) => !(name in api))).toEqual(['emptyHistory']);
});

it('exports exactly these constraints', () => {
  expect(Object.keys(grammar).sort()).toMatchInlineSnapshot(`
    [
      "TokenMask",
      "TokenVocabulary",
      "constrain",
      "gbnfConstraint",
      "jsonSchemaConstraint",
      "prefixConstraint",
      "regexConstraint",
    ]
  `);
});
