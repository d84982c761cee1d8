import { expect, it } from 'vitest';
import * as api from '../src/index.js';

it('exports exactly this', () => {
  expect(Object.keys(api).sort()).toEqual(['createRandom', 'distribution', 'freshSeed', 'generate', 'greedy', 'sampleToken', 'softmax', 'temperature', 'topK', 'topP']);
});
