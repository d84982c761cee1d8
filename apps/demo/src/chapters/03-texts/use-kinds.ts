// What the figures of this chapter have in common: the settings of the texts, what the jobs get, and starting when a figure is seen.
import { computed, onBeforeUnmount, watch, type ComputedRef, type Ref } from 'vue';
import { onFirstSeen } from '../../figures/on-first-seen.js';
import { useLanguage } from '../../languages/index.js';
import { LETTERS, storyModel, WORDS, type KindsInput } from '../../lab/kinds/names.js';
import type { UsedJob } from '../../lab/use-lab.js';
import { ownText } from '../../storage/own-text.js';
import { oneOf, useSettings, whole } from '../../storage/url-state.js';

export const lengths = ['20000', '100000', '300000'] as const;

/** The settings of the texts, shared by the figures that measure them. */
export const textSettings = {
  length: oneOf(lengths, '20000'),
  text: oneOf(['stories', 'own'], 'stories'),
  seed: whole(0, 2 ** 31 - 1, 7),
};

/** Waits this long after the last change before the texts are made again, in milliseconds. */
const PATIENCE = 300;

/** @param memory  how far the Markov chains look back; by default as in the other figures */
export function useKinds(memory: () => { letters: number; words: number } = () => ({ letters: LETTERS, words: WORDS })): { settings: ReturnType<typeof useSettings<typeof textSettings>>; input: ComputedRef<KindsInput> } {
  const language = useLanguage();
  const settings = useSettings(textSettings);
  const input = computed<KindsInput>(() => ({
    language: language.value,
    length: Number(settings.length),
    seed: settings.seed,
    ...memory(),
    model: storyModel(language.value),
    own: settings.text === 'own' ? ownText.value : undefined,
  }));
  return { settings, input };
}

/** Starts when the figure comes into view, and again when its input changes. */
export function startWhenSeen<Input>(job: Pick<UsedJob<never>, never> & { start(input: Input): void }, element: Readonly<Ref<HTMLElement | { $el: unknown } | null>>, input: () => Input): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSeen = false;
  onFirstSeen(element, () => {
    isSeen = true;
    job.start(input());
  });
  watch(input, () => {
    if (!isSeen) return;
    clearTimeout(timer);
    timer = setTimeout(() => job.start(input()), PATIENCE);
  });
  onBeforeUnmount(() => clearTimeout(timer));
}
