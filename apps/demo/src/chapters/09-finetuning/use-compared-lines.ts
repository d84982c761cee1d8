// The lines of a figure that compares runs: those that are chosen in the first figure are learned at the next run; until then the picture shows
// those that it was made with.
import { computed, shallowRef, type ComputedRef } from 'vue';
import { areSameLines, type ChosenLines } from './chosen-lines.js';

export interface ComparedLines {
  /** Of which the picture is, or would be if it is empty. */
  readonly shown: ComputedRef<ChosenLines>;
  /** Whether the picture is of other lines than those that are chosen now. */
  readonly isStale: ComputedRef<boolean>;
  /** Begins a run with the chosen lines. @returns whether what the picture shows is of others, so that it has to go */
  take(): boolean;
  /** The picture is empty again. */
  forget(): void;
}

export function useComparedLines(chosen: Readonly<ComputedRef<ChosenLines>>): ComparedLines {
  const learned = shallowRef<ChosenLines | null>(null);
  const isStale = computed(() => learned.value !== null && !areSameLines(learned.value, chosen.value));
  return {
    shown: computed(() => learned.value ?? chosen.value),
    isStale,
    take() {
      const wasStale = isStale.value;
      learned.value = chosen.value;
      return wasStale;
    },
    forget: () => void (learned.value = null),
  };
}
