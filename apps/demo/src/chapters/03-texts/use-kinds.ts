// What the figures of this chapter have in common: the settings of the texts, what the jobs get, and starting when a figure is seen.
import { computed, onBeforeUnmount, ref, watch, type ComputedRef, type Ref } from 'vue';
import type FigureFrame from '../../figures/FigureFrame.vue';
import { onFirstSeen } from '../../figures/on-first-seen.js';
import { useModel, type UsedModel } from '../../figures/use-model.js';
import { useSize } from '../../figures/use-size.js';
import type { ModelSize } from '../../lab/model-size.js';
import { useStoryLanguage, useWords } from '../../languages/index.js';
import type { Measured } from '../../lab/kinds/measure.js';
import { kindNames, LETTERS, WORDS, type Kind, type KindsInput } from '../../lab/kinds/names.js';
import type { InputOf, ResultOf } from '../../lab/protocol.js';
import { useJob, type UsedJob } from '../../lab/use-lab.js';
import { ownText } from '../../storage/own-text.js';
import { oneOf, useSettings, whole } from '../../storage/url-state.js';
import chapterWords from './words.js';

export const lengths = ['20000', '100000', '300000'] as const;

/** The settings of the texts, shared by the figures that measure them. */
export const textSettings = {
  length: oneOf(lengths, '20000'),
  text: oneOf(['stories', 'own'], 'stories'),
  seed: whole(0, 2 ** 31 - 1, 7),
};

/** Waits this long after the last change before the texts are made again, in milliseconds. */
const PATIENCE = 300;

/** What a figure that measures every kind of text computes with and shows. */
export interface UsedMeasure<Name extends MeasureName> {
  settings: ReturnType<typeof useSettings<typeof textSettings>>;
  input: ComputedRef<KindsInput>;
  job: UsedJob<Name>;
  /** For the `FigureFrame`, whose first sight starts the job. */
  frame: Ref<InstanceType<typeof FigureFrame> | null>;
  speakers: ReturnType<typeof useSpeakers>;
  /** What has been measured so far. */
  state: ComputedRef<ResultOf<Name> | null>;
  /** The kinds that have been measured so far. */
  kinds: ComputedRef<Kind[]>;
}

type MeasureName = 'entropy' | 'scores' | 'zipf';

/**
 * The job of a figure that measures every kind of text.
 * @param memory  how far the Markov chains look back; by default as in the other figures
 */
export function useMeasure<Name extends MeasureName>(name: Name, memory: () => { letters: number; words: number } = () => ({ letters: LETTERS, words: WORDS })): UsedMeasure<Name> {
  const language = useStoryLanguage();
  const settings = useSettings(textSettings);
  const model = useModel();
  const input = computed<KindsInput>(() => ({
    language: language.value,
    length: Number(settings.length),
    seed: settings.seed,
    ...memory(),
    model: model.name,
    own: settings.text === 'own' ? ownText.value : undefined,
  }));
  const job = useJob(name);
  const frame: UsedMeasure<Name>['frame'] = ref(null);
  startWhenSeen(job, model, frame, () => input.value as InputOf<Name>);
  const speakers = useSpeakers(() => model, () => settings.text === 'own');
  const state = computed(() => (job.state === 'done' ? job.result : (job.update as ResultOf<Name> | null)));
  const kinds = computed(() => kindNames.filter((kind) => (state.value as Measured<unknown> | null)?.kinds[kind]));
  return { settings, input, job, frame, speakers, state, kinds };
}

/** Who speaks in a figure, with the size of the model where it is known. */
export function useSpeakers(model: () => Partial<ModelSize>, own: () => boolean = () => false): ComputedRef<{ colour: 'gpt' | 'markov' | 'you' | 'ink'; name: string }[]> {
  const words = useWords(chapterWords);
  const size = useSize();
  return computed(() => [
    { colour: 'ink', name: words.value.speakers.real },
    { colour: 'markov', name: words.value.speakers.markov },
    { colour: 'gpt', name: size.value.about(model()) },
    ...(own() ? [{ colour: 'you' as const, name: words.value.speakers.you }] : []),
  ]);
}

/** Starts when the figure comes into view and the model is known, and again when its input changes. */
export function startWhenSeen<Input>(job: { start(input: Input): void }, model: UsedModel, element: Readonly<Ref<HTMLElement | { $el: unknown } | null>>, input: () => Input): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSeen = false;
  let isGone = false;
  onFirstSeen(element, async () => {
    await model.opened;
    if (isGone) return;
    isSeen = true;
    job.start(input());
  });
  watch(input, () => {
    if (!isSeen) return;
    clearTimeout(timer);
    timer = setTimeout(() => job.start(input()), PATIENCE);
  });
  onBeforeUnmount(() => {
    isGone = true;
    clearTimeout(timer);
  });
}
