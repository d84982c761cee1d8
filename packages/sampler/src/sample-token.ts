// One weighted throw of the die: from logits to a token.
import { type SamplingOptions } from './options.js';
import { huggingFace } from './presets/hugging-face.js';
import { type RandomSource } from './random/random.js';
import { Sampler } from './sampler.js';
import { emptyHistory, type History } from './stages/stage.js';

export interface SampleTokenOptions extends SamplingOptions {
  /** Where chance comes from, for example createRandom(seed). Used once per token, never at temperature 0. */
  random: RandomSource;
  /** What has been written so far, for the penalties and bans. Nothing if left out. */
  history?: History;
}

const noChance: RandomSource = { next: () => 0 };

/**
 * The id of a token drawn from the logits, shape (vocabSize,), after the stages of huggingFace(options).
 * For many tokens with the same options a Sampler does the same without checking them again.
 *
 * Inverse transform: the candidates stand in the order of their ids, each as wide as its probability, and the random number
 * points at one. The logits are not changed. The vocabulary is never sorted; nothing of its size is allocated per call.
 * Equal seeds give equal tokens everywhere, but for draws within an engine's last bit of Math.exp of an edge.
 *
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function sampleToken(logits: Float32Array, options: SampleTokenOptions): number {
  const random = options.temperature === 0 ? noChance : options.random;
  return new Sampler(huggingFace(options), { random }).sample(logits, options.history ?? emptyHistory);
}
