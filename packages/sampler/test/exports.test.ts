import { expect, it } from 'vitest';
import * as grammar from '../src/grammar/index.js';
import * as api from '../src/index.js';
import * as stages from '../src/stages/index.js';

it('exports exactly this', () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "Random",
      "Sampler",
      "allowTokens",
      "badWords",
      "beamSearch",
      "bestOf",
      "classifierFreeGuidance",
      "contrastiveSearch",
      "distribution",
      "dry",
      "dynamicTemperature",
      "entropy",
      "epsilonCutoff",
      "etaCutoff",
      "explain",
      "forceTokens",
      "frequencyPenalty",
      "freshSeed",
      "fromOpenAI",
      "generate",
      "greedy",
      "guided",
      "huggingFace",
      "llamaCpp",
      "logProbs",
      "logitBias",
      "minLength",
      "minP",
      "mirostat1",
      "mirostat2",
      "noRepeatNGram",
      "pLess",
      "presencePenalty",
      "repetitionPenalty",
      "sampleToken",
      "softmax",
      "speculativeGenerate",
      "streamText",
      "suppressTokens",
      "surprise",
      "tailFree",
      "temperature",
      "topK",
      "topNSigma",
      "topP",
      "typical",
      "vLLM",
      "xtc",
    ]
  `);
});

it('exports exactly these stages', () => {
  expect(Object.keys(stages).sort()).toMatchInlineSnapshot(`
    [
      "allowTokens",
      "badWords",
      "classifierFreeGuidance",
      "dry",
      "dynamicTemperature",
      "emptyHistory",
      "epsilonCutoff",
      "etaCutoff",
      "forceTokens",
      "frequencyPenalty",
      "logitBias",
      "minLength",
      "minP",
      "mirostat1",
      "mirostat2",
      "noRepeatNGram",
      "pLess",
      "presencePenalty",
      "repetitionPenalty",
      "suppressTokens",
      "tailFree",
      "temperature",
      "topK",
      "topNSigma",
      "topP",
      "typical",
      "xtc",
    ]
  `);
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
