// Declares the sizes of a Llama-shaped model, and checks them.
import type { RotaryScaling } from '@kk/attention';
import { checkOptions, type OptionNames } from '@kk/nn-core';

/**
 * The three families that share this shape. They differ in what their folders are called, and in these fields: a Llama may have biases
 * (attentionBias, feedForwardBias), a Mistral a window in every layer, a Qwen2 has biases on query, key and value, and may have a window in
 * its last layers.
 */
export type LlamaFamily = 'llama' | 'mistral' | 'qwen2';

export interface LlamaConfig {
  family: LlamaFamily;
  /** Number of different tokens. */
  vocabSize: number;
  /** The maximum number of positions in the context, including the current one. */
  contextLength: number;
  /** Transformer blocks, one after the other. */
  layers: number;
  /** Heads of queries in each block. */
  heads: number;
  /** Heads of keys and values, each for heads / keyValueHeads heads of queries; default `heads`. */
  keyValueHeads?: number;
  /** The width of each head, even; default width / heads. */
  headSize?: number;
  /** The size of the vector of each position. */
  width: number;
  /** The width inside the feed-forward networks. */
  feedForwardWidth: number;
  /** The base of the rotary positions' frequencies; default 10,000. */
  rotaryBase?: number;
  /** How rotary positions are stretched for longer contexts; default: not at all. */
  rotaryScaling?: RotaryScaling;
  /** Added to the mean square in normalization; default 1e-5. */
  normEpsilon?: number;
  /** True when the output layer shares the table of the token embeddings; false, the default, when it has its own. */
  tiedEmbeddings?: boolean;
  /** Mistral and Qwen2: how many positions a position sees, its own included; 0, the default: all. */
  window?: number;
  /** Qwen2: as many of the first layers see everything, whatever the window; default 0. */
  layersWithoutWindow?: number;
  /** Llama: whether query, key, value and the projection of attention have biases; default false. Those of Qwen2 are always there. */
  attentionBias?: boolean;
  /** Llama: whether the feed-forward networks have biases; default false. */
  feedForwardBias?: boolean;
}

const NAMES: OptionNames<LlamaConfig> = {
  family: 'required',
  vocabSize: 'required',
  contextLength: 'required',
  layers: 'required',
  heads: 'required',
  keyValueHeads: 'optional',
  headSize: 'optional',
  width: 'required',
  feedForwardWidth: 'required',
  rotaryBase: 'optional',
  rotaryScaling: 'optional',
  normEpsilon: 'optional',
  tiedEmbeddings: 'flag',
  window: 'optional',
  layersWithoutWindow: 'optional',
  attentionBias: 'flag',
  feedForwardBias: 'flag',
};

/** The fields that not every family has. */
const ONLY_OF = {
  window: ['mistral', 'qwen2'],
  layersWithoutWindow: ['qwen2'],
  attentionBias: ['llama'],
  feedForwardBias: ['llama'],
} as const;

/** The longest context of any such model is one million; a table of rotary positions must not fill the memory. */
const LONGEST_CONTEXT = 2 ** 20;

/** All sizes, those that were left out with their defaults. */
export type LlamaSizes = Required<Omit<LlamaConfig, 'rotaryScaling'>> & Pick<LlamaConfig, 'rotaryScaling'>;

/** The config with its defaults. */
export function llamaSizes(config: LlamaConfig): LlamaSizes {
  const { heads, width } = config;
  return { keyValueHeads: heads, headSize: width / heads, rotaryBase: 10_000, normEpsilon: 1e-5, tiedEmbeddings: false, window: 0, layersWithoutWindow: 0, attentionBias: false, feedForwardBias: false, ...config };
}

/** Throws a RangeError that names the first invalid size, or a TypeError that names a field that is missing, unknown or of another type. */
export function checkLlamaConfig(config: LlamaConfig): void {
  checkOptions('Llama', config, NAMES);
  const sizes = llamaSizes(config);
  const { family, heads, keyValueHeads, headSize, width, contextLength, normEpsilon } = sizes;
  if (!['llama', 'mistral', 'qwen2'].includes(family)) throw new RangeError(`Llama: family is ${JSON.stringify(family)}; expected 'llama', 'mistral' or 'qwen2'.`);
  for (const [name, families] of Object.entries(ONLY_OF)) {
    if (sizes[name as keyof typeof ONLY_OF] && !(families as readonly string[]).includes(family)) throw new RangeError(`Llama: ${name} is ${String(sizes[name as keyof typeof ONLY_OF])}, which a ${family} does not have; only: ${families.join(', ')}.`);
  }
  for (const name of ['vocabSize', 'contextLength', 'layers', 'heads', 'keyValueHeads', 'width', 'feedForwardWidth'] as const) checkWhole(name, sizes[name], 1);
  for (const name of ['window', 'layersWithoutWindow'] as const) checkWhole(name, sizes[name], 0);
  if (contextLength > LONGEST_CONTEXT) throw new RangeError(`Llama: contextLength is ${contextLength}; expected at most ${LONGEST_CONTEXT}.`);
  if (heads % keyValueHeads !== 0) throw new RangeError(`Llama: ${heads} heads cannot share ${keyValueHeads} heads of keys and values: choose a number of keyValueHeads that divides ${heads}.`);
  if (config.headSize === undefined && width % heads !== 0) throw new RangeError(`Llama: width ${width} cannot be split into ${heads} heads: choose a width that is a multiple of the number of heads, or give a headSize.`);
  if (!Number.isInteger(headSize) || headSize < 2 || headSize % 2 !== 0) throw new RangeError(`Llama: headSize is ${String(headSize)}; rotary positions turn pairs: expected an even number of at least 2.`);
  if (typeof normEpsilon !== 'number' || !(normEpsilon > 0)) throw new RangeError(`Llama: normEpsilon is ${JSON.stringify(normEpsilon)}; expected a number above 0.`);
}

function checkWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`Llama: ${name} is ${String(value)}; expected a whole number of at least ${least}.`);
}

/** The window of a layer in positions, its own included; 0: none. */
export function windowOf({ window, layersWithoutWindow }: LlamaSizes, layer: number): number {
  return layer >= layersWithoutWindow ? window : 0;
}

/** Which products of attention have biases. */
export function attentionBiases({ family, attentionBias }: LlamaSizes): { queryKeyValueBias: boolean; projectionBias: boolean } {
  return { queryKeyValueBias: attentionBias || family === 'qwen2', projectionBias: attentionBias };
}
