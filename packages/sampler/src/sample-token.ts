// Draws a token from logits.
import type { SamplingOptions } from './processors/index.js';
import { readStages, SAMPLING } from './presets/hugging-face.js';
import { type RandomSource, requireRandom } from './random/random.js';
import { drawToken } from './sampler.js';
import { emptyHistory, endTokensOf, type History } from './stages/stage.js';

export interface SampleTokenOptions extends SamplingOptions {
  /** The source of random numbers, for example new Random(seed). Used once per token, never at temperature 0. */
  random: RandomSource;
  /** The text so far, for the penalties and bans. Default empty. */
  history?: History;
}

const sampleTokenNames: Readonly<Record<keyof SampleTokenOptions, true>> = /* @__PURE__ */ Object.assign({ random: true, history: true } as const, SAMPLING);

const noChance: RandomSource = { uniform: () => 0 };
const noEnds: readonly number[] = [];

/**
 * The id of a token drawn from the logits, shape (vocabSize,), after the stages of huggingFace(options). For many tokens with the same
 * options use a Sampler, which checks them only once.
 *
 * Inverse transform sampling: the candidates are laid out by id, each as wide as its probability, and the random number points at one. The
 * logits are not changed. The vocabulary is never sorted; nothing of its size is allocated per call. Equal seeds give equal tokens
 * everywhere, unless a random number is within the last bit of the engine's Math.exp of an edge.
 *
 * @throws TypeError if the logits are not a Float32Array, or an option is unknown
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function sampleToken(logits: Float32Array, options: SampleTokenOptions): number {
  const stages = readStages('sampleToken', options, sampleTokenNames);
  const random = options.temperature === 0 ? noChance : options.random;
  requireRandom(random);
  // No other option tells a stage what ends the text.
  const endTokens = options.endTokens === undefined ? noEnds : endTokensOf(stages);
  return drawToken(logits, stages, endTokens, options.history ?? emptyHistory, random, 'inverse');
}
