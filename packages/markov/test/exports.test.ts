import { expect, it } from 'vitest';
import * as api from '../src/index.js';
import * as node from '../src/node.js';

it('exports exactly this', () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "BackoffModel",
      "MarkovModel",
      "MixtureModel",
      "NgramCounts",
      "SourceIndex",
      "TextMarkov",
      "arpaLines",
      "commonPrefixes",
      "commonPrefixesInSteps",
      "finished",
      "fitJelinekMercer",
      "markovFromArpa",
      "markovFromBytes",
      "markovFromJSON",
      "markovToArpa",
      "markovToBytes",
      "markovToJSON",
      "parseSmoothing",
      "readArpa",
      "readArpaStream",
      "smoothingNames",
      "suffixArray",
      "suffixArrayInSteps",
      "within",
    ]
  `);
});

it('exports exactly this for Node', () => {
  expect(Object.keys(node).sort()).toEqual(['readMarkov', 'writeMarkov']);
});
