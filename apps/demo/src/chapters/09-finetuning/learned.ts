// What was learned in the first figure on this visit. The one place that has it: the figure shows it again when its settings are chosen again,
// also after another page, and figures further down talk to it and compare it with the pretraining.
import { ref, shallowReactive, type Ref } from 'vue';
import type { StoryLanguage } from '../../languages/stories.js';
import type { PretrainingPace } from '../../lab/jobs/pretraining-pace.js';
import type { Tuning } from '../../lab/jobs/tuning.js';
import { stepsOf, type LineSet, type TuneSettings } from './settings.js';

export interface LearnedRun extends Tuning {
  /** The settings that it was begun with. */
  settings: TuneSettings;
}

/** By what was chosen; the newest last. */
const runs = shallowReactive(new Map<string, LearnedRun>());

const keyOf = ({ lines, style, way, replay, seed, ...settings }: TuneSettings): string => JSON.stringify([lines, style, way, replay, stepsOf({ way, ...settings }), seed]);

export const isSameChoice = (a: TuneSettings, b: TuneSettings): boolean => keyOf(a) === keyOf(b);

/** @param run  how far it is; it takes the place of the run before it with the same settings */
export function keepLearned(settings: TuneSettings, run: Tuning): void {
  const { lines, style, way, replay, steps, seed } = settings;
  const key = keyOf(settings);
  runs.delete(key);
  runs.set(key, { ...run, settings: { lines, style, way, replay, steps, seed } });
}

export const learnedWith = (settings: TuneSettings): LearnedRun | undefined => runs.get(keyOf(settings));

/** The newest run in a language, from lines of one set or of whichever. */
export const newestLearned = (language: StoryLanguage, style?: LineSet): LearnedRun | undefined =>
  [...runs.values()].findLast(({ settings }) => settings.lines === language && (style === undefined || settings.style === style));

/** Another run begins with these settings: what was learned before is not shown as its beginning. */
export const forgetLearned = (settings: TuneSettings): void => void runs.delete(keyOf(settings));

/** What was chosen last, for each language of the page. */
const choices = new Map<StoryLanguage, TuneSettings>();

/** @param page  its language */
export function rememberChoice(page: StoryLanguage, { lines, style, way, replay, steps, seed }: TuneSettings): void {
  choices.set(page, { lines, style, way, replay, steps, seed });
}

/** What the page shows to somebody who comes back to it, where the address does not say so: what they chose last. */
export const lastChoice = (page: StoryLanguage): TuneSettings | undefined => choices.get(page);

/** How long the pretraining would take here, as it was measured on this visit. */
export const measuredPaces = shallowReactive(new Map<StoryLanguage, PretrainingPace>());

/** How many models were kept on this page: whoever lists them reads them again. */
export const keptModels: Ref<number> = ref(0);
