// From logits to the next token: what every language model shares, whatever it is made of.
// Nothing here knows a model, a text or a file; everything runs in a browser and imports no other package.
export type { NextTokenModel } from './model.js';
export { softmax } from './softmax.js';
export { greedy } from './greedy.js';
export { temperature } from './processors/temperature.js';
export { topK } from './processors/top-k.js';
export { topP } from './processors/top-p.js';
export { createRandom, freshSeed, type Random, type RandomSource, type RandomState } from './random/random.js';
export type { SamplingOptions } from './options.js';
export { sampleToken, type SampleTokenOptions } from './sample-token.js';
export { distribution } from './distribution.js';
export { generate, type GenerateOptions } from './generate.js';
