// The option for the number format of a model's matrices.
import { quantizeModel, type Transformer } from '@kk/gpt';
import { Option } from 'commander';
import type { Verb } from '../grammar/verb.js';

export interface WeightsOptions {
  weights: 'float32' | 'int8';
}

export function addWeights(verb: Verb): Verb {
  return verb.addOption(
    new Option('--weights <kind>', 'float32, or int8: rounded to 8 bits, which reads a quarter of the memory and costs a little loss').choices(['float32', 'int8']).default('float32'),
  );
}

/** Quantizes the model's matrices in place if int8 is requested; returns the same model. */
export async function withWeights(model: Transformer, { weights }: WeightsOptions): Promise<Transformer> {
  return weights === 'int8' ? quantizeModel(model) : model;
}
