// What sampleToken draws from, for pictures and tests.
import { type SamplingOptions } from './options.js';
import { huggingFace } from './presets/hugging-face.js';
import { Sampler } from './sampler.js';
import { emptyHistory, type History } from './stages/stage.js';

/**
 * Probabilities of the next token after the stages of huggingFace(options), shape (vocabSize,): exactly what sampleToken draws from.
 *
 * @param history what has been written so far, for the penalties and bans; nothing if left out
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function distribution(logits: Float32Array, options: SamplingOptions = {}, history: History = emptyHistory): Float32Array {
  // No stage of these is a matter of chance.
  return new Sampler(huggingFace(options), { seed: 0 }).distribution(logits, history);
}
