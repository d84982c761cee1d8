// How large a model is and what kind, said in the same form everywhere: rounded beside a picture, exact in its table.
import { computed, type ComputedRef } from 'vue';
import { useNumbers, useWords } from '../languages/index.js';
import type { ModelFamily, ModelSize } from '../lab/model-size.js';

const names: Record<ModelFamily, string> = { gpt: 'GPT', llama: 'Llama', mistral: 'Mistral', qwen2: 'Qwen2' };

export interface SizeWords {
  /** "GPT" or "Llama"; "Modell" as long as it is not known which. */
  name(model: { family?: ModelFamily }): string;
  /** "rund 1,1 Millionen Gewichte" */
  weights(parameters: number): string;
  /** "GPT, rund 1,1 Millionen Gewichte"; without a size only the name. */
  about(model: Partial<ModelSize>): string;
  /** "GPT mit genau 1.088.256 Gewichten" */
  exactly(model: ModelSize): string;
}

export function useSize(): ComputedRef<SizeWords> {
  const words = useWords();
  const number = useNumbers();
  const rounded = (count: number): string => number.value(count, { maximumSignificantDigits: 2, ...(count >= 1e6 && { notation: 'compact', compactDisplay: 'long' }) });
  const weights = (parameters: number): string => words.value.figure.size(rounded(parameters));
  const name: SizeWords['name'] = ({ family }) => (family ? names[family] : words.value.figure.model);
  return computed(() => ({
    name,
    weights,
    about: (model) => (model.parameters === undefined ? name(model) : `${name(model)}, ${weights(model.parameters)}`),
    exactly: (model) => words.value.figure.exactSize(name(model), number.value(model.parameters)),
  }));
}
