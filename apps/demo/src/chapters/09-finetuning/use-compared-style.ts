// The lines of a figure that compares runs: the set that the visitor has chosen above is learned at the next run; until then the picture shows
// the set that it was made with.
import { computed, ref, type ComputedRef } from 'vue';
import type { Style } from '@kk/corpora/instructions';
import { comparedStyle } from './comparisons.js';
import type { LineSet } from './settings.js';

export interface ComparedStyle {
  /** What the picture shows, or would learn if it is empty. */
  readonly shown: ComputedRef<Style>;
  /** What the next run learns. */
  readonly next: ComputedRef<Style>;
  /** Begins a run with the chosen set. @returns whether what the picture shows is of another set, so that it has to go */
  take(): boolean;
  /** The picture is empty again. */
  forget(): void;
}

export function useComparedStyle(settings: { readonly style: LineSet }): ComparedStyle {
  const learned = ref<Style | null>(null);
  const next = computed(() => comparedStyle(settings.style));
  return {
    next,
    shown: computed(() => learned.value ?? next.value),
    take() {
      const isOther = learned.value !== null && learned.value !== next.value;
      learned.value = next.value;
      return isOther;
    },
    forget: () => void (learned.value = null),
  };
}
