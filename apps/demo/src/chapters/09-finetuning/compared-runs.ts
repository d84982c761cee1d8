// The runs that the figures of this chapter compare, kept for this visit as the first figure keeps its models: whoever chooses the same lines again,
// or comes back to the page, finds the picture again. The chosen lines are learned at the next run.
import { computed, shallowReactive, shallowRef, watch, type ComputedRef } from 'vue';
import { areSameLines, type ChosenLines } from './chosen-lines.js';

interface Picture<Part extends string, Run> {
  lines: ChosenLines;
  /** The newest run of each part of the picture. */
  runs: ReadonlyMap<Part, Run>;
}

/** The pictures of a figure, by set and language. */
export type KeptPictures<Part extends string, Run> = Map<string, Picture<Part, Run>>;
export const keptPictures = <Part extends string, Run>(): KeptPictures<Part, Run> => shallowReactive(new Map<string, Picture<Part, Run>>());

export interface ComparedRuns<Part extends string, Run> {
  /** Of which the picture is, or would be if it is empty. */
  readonly shown: ComputedRef<ChosenLines>;
  readonly runs: ComputedRef<ReadonlyMap<Part, Run>>;
  /** Whether the picture is of other lines than those that are chosen now. */
  readonly isStale: ComputedRef<boolean>;
  /** Begins runs of these parts with the chosen lines. What the picture shows of others goes. */
  take(parts: readonly Part[]): void;
  /** How far a run is that was begun last. */
  put(part: Part, run: Run): void;
  /** The shown picture is empty again. */
  forget(): void;
}

const keyOf = ({ language, style }: ChosenLines): string => `${language} ${style}`;

/** @param isLearning  whether runs go on: their picture is shown until they have ended, whatever is chosen */
export function useComparedRuns<Part extends string, Run>(pictures: KeptPictures<Part, Run>, chosen: Readonly<ComputedRef<ChosenLines>>, isLearning: () => boolean): ComparedRuns<Part, Run> {
  /** What is shown where nothing of the chosen lines was learned, and what is learned as long as that goes on. */
  const last = shallowRef<ChosenLines | null>(null);
  const picture = computed(() => {
    const ofLast = last.value ? pictures.get(keyOf(last.value)) : undefined;
    return isLearning() ? ofLast : (pictures.get(keyOf(chosen.value)) ?? ofLast);
  });
  const shown = computed(() => picture.value?.lines ?? chosen.value);
  watch(picture, (now) => void (now && (last.value = now.lines)), { immediate: true });
  return {
    shown,
    runs: computed(() => picture.value?.runs ?? new Map<Part, Run>()),
    isStale: computed(() => !areSameLines(shown.value, chosen.value)),
    take(parts) {
      const key = keyOf(chosen.value);
      const before = pictures.get(key);
      const runs = new Map<Part, Run>(before && areSameLines(before.lines, chosen.value) ? before.runs : []);
      for (const part of parts) runs.delete(part);
      last.value = chosen.value;
      pictures.set(key, { lines: chosen.value, runs });
    },
    put(part, run) {
      const key = keyOf(last.value!);
      const { lines, runs } = pictures.get(key)!;
      pictures.set(key, { lines, runs: new Map([...runs, [part, run]]) });
    },
    forget() {
      pictures.delete(keyOf(shown.value));
      last.value = null;
    },
  };
}
