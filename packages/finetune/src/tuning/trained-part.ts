// Decides which part of a model is trained: all of it, its last layers, or a LoRA adapter on top of it.
import type { Transformer } from '@kk/gpt';
import { checkOptions } from '@kk/nn-core';
import { addLora } from '../lora/add-lora.js';
import type { Adapter } from '../lora/adapter.js';
import type { LoraOptions } from '../lora/options.js';

/**
 * - `'full'`: every weight.
 * - `lastLayers`: this many blocks, counted from the end, and the final norm.
 * - `lora`: a new adapter; the model itself stays as it is.
 */
export type TrainedPart = 'full' | { readonly lastLayers: number } | { readonly lora: Omit<LoraOptions, 'seed'> & { readonly seed?: number } };

/** Whether an adapter is trained. */
export const hasLora = (part: TrainedPart): part is Extract<TrainedPart, { lora: unknown }> => typeof part === 'object' && part !== null && 'lora' in part;

/**
 * @param why the tuning has no dropout
 * @throws RangeError when an adapter shall have dropout
 */
export function refuseDropout(owner: string, part: TrainedPart, why: string): void {
  if (hasLora(part) && (part.lora.dropout ?? 0) > 0) throw new RangeError(`${owner}: the adapter's dropout is ${String(part.lora.dropout)}, but ${why}: leave it out.`);
}

export interface ChooseTrainedOptions {
  /** Ids of tokens that the model has not been trained on, such as those of a chat template. What is trained includes their embeddings. */
  newTokens: readonly number[];
  /** Of a new adapter. */
  seed: number;
}

/**
 * Freezes all that is not trained.
 * @param owner begins what errors say
 * @returns the adapter, if one was added
 * @throws RangeError when the model has fewer layers, or a rank is above that of a matrix as large as the layer's; TypeError when the part is none of the three
 */
export function chooseTrained(owner: string, model: Transformer, part: TrainedPart, { newTokens, seed }: ChooseTrainedOptions): Adapter | undefined {
  if (part === 'full') {
    model.unfreeze();
    return undefined;
  }
  if (typeof part !== 'object' || part === null || !('lora' in part || 'lastLayers' in part)) throw new TypeError(`${owner}: trained is ${JSON.stringify(part)}; expected 'full', { lastLayers: 1 } or { lora: { rank: 8 } }.`);
  if (hasLora(part)) {
    checkOptions(`${owner}: trained`, part, { lora: 'required' });
    const { trainableTokens = newTokens } = part.lora;
    return withoutVoidRanks(owner, addLora(model, { seed, ...part.lora, ...(trainableTokens.length > 0 && { trainableTokens }) }));
  }
  checkOptions(`${owner}: trained`, part, { lastLayers: 'required' });
  trainLastLayers(owner, model, part.lastLayers, newTokens.length > 0);
  return undefined;
}

/** Adapters that come from files may have such ranks: they are correct, and only larger than they need be. */
function withoutVoidRanks(owner: string, adapter: Adapter): Adapter {
  for (const [name, { weights: { rank, inputs, outputs } }] of adapter.layers) {
    const most = Math.min(inputs, outputs);
    if (rank <= most) continue;
    adapter.remove();
    throw new RangeError(`${owner}: the rank of the adapter is ${rank}, but ${name} is a matrix of ${inputs} by ${outputs}, which has no rank above ${most}: take ${most} or less.`);
  }
  return adapter;
}

function trainLastLayers(owner: string, model: Transformer, count: number, hasNewTokens: boolean): void {
  const { length } = model.blocks;
  if (!Number.isSafeInteger(count) || count < 1 || count > length) throw new RangeError(`${owner}: lastLayers is ${String(count)}; expected a whole number from 1 to ${length}, the layers of the model.`);
  model.freeze();
  for (let layer = length - count; layer < length; layer++) model.unfreeze(`blocks.${layer}`);
  model.unfreeze('finalNorm');
  // Blocks cannot tell new tokens apart whose embeddings are all near the mean.
  if (hasNewTokens) for (const name of model.namedParameters().keys()) if (/^(tokens|outputEmbedding)\./.test(name)) model.unfreeze(name);
}
