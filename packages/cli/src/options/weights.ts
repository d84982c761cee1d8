// The option that says in which numbers a model's matrices are, and the model it stands for.
import { quantizeModel, type GPT, type LanguageModel } from '@kk/gpt';
import { type Command, Option } from 'commander';

export interface WeightsOptions {
  weights: 'float32' | 'int8';
}

export function addWeights(command: Command): Command {
  return command.addOption(
    new Option('--weights <kind>', 'float32, or int8: rounded to 8 bits, which reads a quarter of the memory and costs a little loss').choices(['float32', 'int8']).default('float32'),
  );
}

/** What frees the engine frees the copies in int8. */
export async function withWeights(model: GPT, { weights }: WeightsOptions): Promise<LanguageModel> {
  return weights === 'int8' ? quantizeModel(model) : model;
}
