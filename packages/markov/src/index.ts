// n-gram models: what followed these tokens so far, follows them again. The oldest language model, and the nonsense it writes.
// Runs in a browser; sampling comes from @kk/sampler.
export { MarkovModel, type Follower, type MarkovOptions } from './markov-model.js';
export type { Smoothing } from './estimators/index.js';
export { TextMarkov, type TextGenerateOptions, type TextMarkovOptions } from './text/text-markov.js';
export type { UnitName } from './text/units.js';
