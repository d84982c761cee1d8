// The probabilities that sampleToken draws from, for visualizations and tests.
import type { SamplingOptions } from './processors/index.js';
import { readStages, SAMPLING } from './presets/hugging-face.js';
import { Sampler } from './sampler.js';
import { emptyHistory, type History } from './stages/stage.js';

/**
 * Probabilities of the next token after the stages of huggingFace(options), shape (vocabSize,): exactly what sampleToken draws from.
 *
 * @param history the text so far, for penalties and bans; default empty
 * @throws TypeError if the logits are not a Float32Array, or an option is unknown
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function distribution(logits: Float32Array, options: SamplingOptions = {}, history: History = emptyHistory): Float32Array {
  // None of these stages uses random numbers.
  return new Sampler(readStages('distribution', options, SAMPLING), { seed: 0 }).distribution(logits, history);
}
