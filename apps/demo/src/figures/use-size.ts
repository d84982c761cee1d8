// How large a GPT is, said in the same form everywhere: rounded beside a picture, exact in its table.
import { computed, type ComputedRef } from 'vue';
import { useNumbers, useWords } from '../languages/index.js';

export interface SizeWords {
  /** "rund 1,1 Millionen Gewichte" */
  weights(parameters: number): string;
  /** "GPT, rund 1,1 Millionen Gewichte"; without a size only the name. */
  about(parameters: number | undefined): string;
  /** "GPT mit genau 1.088.256 Gewichten" */
  exactly(parameters: number): string;
}

export function useSize(): ComputedRef<SizeWords> {
  const words = useWords();
  const number = useNumbers();
  const rounded = (count: number): string => number.value(count, { maximumSignificantDigits: 2, ...(count >= 1e6 && { notation: 'compact', compactDisplay: 'long' }) });
  const weights = (parameters: number): string => words.value.figure.size(rounded(parameters));
  return computed(() => ({
    weights,
    about: (parameters) => (parameters === undefined ? 'GPT' : `GPT, ${weights(parameters)}`),
    exactly: (parameters) => words.value.figure.exactSize(number.value(parameters)),
  }));
}
