// Computes the angles by which rotary position embeddings (RoPE) turn pairs of numbers in queries and keys. `rotaryEmbedding` of
// @kk/nn-core turns by them, and `MultiHeadAttention` uses both.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { checkWhole } from './check-whole.js';

/** Every frequency divided by `factor`: as if the positions lay closer together (Chen et al. 2023, position interpolation). */
export interface LinearScaling {
  kind: 'linear';
  factor: number;
}

/**
 * The scaling of Llama 3.1: fast pairs, which tell near positions apart, turn as before; slow ones are divided by `factor`. "Fast" counts
 * the turns within the context that the model was first trained with.
 */
export interface Llama3Scaling {
  kind: 'llama3';
  factor: number;
  /** A pair with at most this many turns is divided by `factor`. */
  lowFrequencyFactor: number;
  /** A pair with at least this many turns keeps its frequency; more than `lowFrequencyFactor`. */
  highFrequencyFactor: number;
  /** The context length before it was extended, in positions. */
  originalContextLength: number;
}

export type RotaryScaling = LinearScaling | Llama3Scaling;

export interface RotaryFrequencyOptions {
  /** Default 10,000; models for long contexts take more (Llama 3: 500,000). Hugging Face calls it rope_theta. */
  base?: number;
  /** How a model is made to read longer contexts than it was trained with; default: not at all. */
  scaling?: RotaryScaling;
}

const OPTIONS: OptionNames<RotaryFrequencyOptions> = { base: 'optional', scaling: 'optional' };
const LINEAR: OptionNames<LinearScaling> = { kind: 'required', factor: 'required' };
const LLAMA3: OptionNames<Llama3Scaling> = { kind: 'required', factor: 'required', lowFrequencyFactor: 'required', highFrequencyFactor: 'required', originalContextLength: 'required' };

/**
 * How fast each pair of a head turns (Su et al. 2021, equation 15), in radians per position. With the pair i:
 *
 *     frequency[i] = base^(-2 i / dimension)
 *
 * With llama3 scaling, turns[i] = originalContextLength * frequency[i] / (2 pi) decides:
 *
 *     keep[i]      = (turns[i] - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor), at least 0 and at most 1
 *     frequency[i] = keep[i] * frequency[i] + (1 - keep[i]) * frequency[i] / factor
 *
 * @param dimension numbers per head that turn, even
 * @returns (dimension / 2), the fastest first; `rotaryTable` of @kk/nn-core takes them
 * @throws RangeError when the dimension is odd, or another number cannot be; TypeError when an option is unknown or missing
 */
export function rotaryFrequencies(dimension: number, options: RotaryFrequencyOptions = {}): Float64Array {
  checkOptions('rotaryFrequencies', options, OPTIONS);
  const { base = 10_000, scaling } = options;
  checkWhole('rotaryFrequencies', 'dimension', dimension, 2, true);
  checkPositive('base', base);
  if (scaling) checkScaling(scaling);
  const frequencies = Float64Array.from({ length: dimension / 2 }, (_, pair) => base ** ((-2 * pair) / dimension));
  return scaling ? frequencies.map((frequency) => frequency * scaleOf(frequency, scaling)) : frequencies;
}

/** What a frequency is multiplied by. */
function scaleOf(frequency: number, scaling: RotaryScaling): number {
  if (scaling.kind === 'linear') return 1 / scaling.factor;
  const { factor, lowFrequencyFactor: low, highFrequencyFactor: high, originalContextLength } = scaling;
  const turns = (originalContextLength * frequency) / (2 * Math.PI);
  const keep = Math.min(1, Math.max(0, (turns - low) / (high - low)));
  return keep + (1 - keep) / factor;
}

/** @throws RangeError when the kind or a number cannot be, TypeError when a name is unknown or missing */
function checkScaling(scaling: RotaryScaling): void {
  const { kind } = scaling;
  if (kind !== 'linear' && kind !== 'llama3') throw new RangeError(`rotaryFrequencies: scaling.kind is ${JSON.stringify(kind)}; expected 'linear' or 'llama3'.${theirNames(scaling)}`);
  if (kind === 'linear') checkOptions('rotaryFrequencies: scaling', scaling, LINEAR);
  else checkOptions('rotaryFrequencies: scaling', scaling, LLAMA3);
  checkPositive('scaling.factor', scaling.factor);
  if (kind === 'linear') return;
  const { lowFrequencyFactor: low, highFrequencyFactor: high, originalContextLength } = scaling;
  checkPositive('scaling.originalContextLength', originalContextLength);
  if (!(low >= 0 && high > low && high < Infinity)) {
    throw new RangeError(`rotaryFrequencies: scaling has lowFrequencyFactor ${String(low)} and highFrequencyFactor ${String(high)}; expected two numbers of 0 or more, the first below the second.`);
  }
}

/** Ours for the names of `rope_scaling` in a config.json of Hugging Face. */
const HUGGING_FACE_NAMES: Readonly<Record<string, string>> = {
  rope_type: 'kind', type: 'kind', low_freq_factor: 'lowFrequencyFactor', high_freq_factor: 'highFrequencyFactor', original_max_position_embeddings: 'originalContextLength',
};

/** Advice for an object that was taken from there as it is. */
function theirNames(scaling: object): string {
  const found = Object.keys(HUGGING_FACE_NAMES).filter((name) => name in scaling);
  return found.length === 0 ? '' : ` These are Hugging Face's names; here ${found.map((name) => `${name} is ${HUGGING_FACE_NAMES[name]}`).join(', ')}.`;
}

/**
 * The angles of rotary position embeddings. With the position p and the pair i:
 *
 *     angle[p, i] = p * frequency[i]
 *     (a, b) becomes (a cos angle - b sin angle, a sin angle + b cos angle)
 *
 * The product of a query and a key that were turned depends on how far apart they are, and not on where they are.
 * @param dimension numbers per head that turn, even
 * @returns (length, dimension / 2) row by row, in radians
 * @throws RangeError as `rotaryFrequencies`, and when the length is no whole number
 */
export function rotaryAngles(length: number, dimension: number, options: RotaryFrequencyOptions = {}): Float64Array {
  checkWhole('rotaryAngles', 'length', length, 0);
  const frequencies = rotaryFrequencies(dimension, options);
  const pairs = frequencies.length;
  return Float64Array.from({ length: length * pairs }, (_, at) => Math.floor(at / pairs) * frequencies[at % pairs]!);
}

function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`rotaryFrequencies: ${name} is ${String(value)}; expected a number above 0.`);
}
