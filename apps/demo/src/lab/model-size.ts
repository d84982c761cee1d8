// What a figure says of the model that computes: how it is built, and how many weights it has.
import { countParameters, isLlamaConfig, type LlamaFamily, type TransformerConfig } from '@kk/gpt';

export type ModelFamily = 'gpt' | LlamaFamily;

export interface ModelSize {
  family: ModelFamily;
  parameters: number;
}

export const sizeOf = (config: TransformerConfig): ModelSize => ({ family: isLlamaConfig(config) ? config.family : 'gpt', parameters: countParameters(config) });
