// The settings of the die, which the figures of this chapter share in the address, and as the options of `@kk/sampler`.
import type { SamplingOptions } from '@kk/sampler';
import type { StoryLanguage } from '../../languages/stories.js';
import { decimal, shortText, whole, type Setting } from '../../storage/url-state.js';

/** A figure that nobody scrolls to is computed after so many milliseconds: a printed page has all of them. */
export const LATEST = 8000;

export interface Sampling {
  temperature: number;
  /** 0: off. */
  topK: number;
  /** 1: off. */
  topP: number;
  /** 0: off. */
  minP: number;
  /** 1: off. */
  repetition: number;
}

/** The names are those of the address: `temperature=0.8&top-k=5`. */
export const samplingSettings = {
  temperature: decimal(0, 2, 1),
  'top-k': whole(0, 40, 0),
  'top-p': decimal(0.05, 1, 1),
  'min-p': decimal(0, 0.5, 0),
  repetition: decimal(1, 2, 1),
};

/** The text that the model continues, at first a beginning in its language. */
const prompts: Record<StoryLanguage, string> = { de: 'Es war ein', en: 'It was a' };
export const promptSetting = (language: StoryLanguage): Setting<string> => shortText(prompts[language], 300);

export const seedSetting = whole(0, 2 ** 32 - 1, 7);

/** What the settings of an address mean for the sampler. */
export function samplingOf(settings: { [Name in keyof typeof samplingSettings]: number }): Sampling {
  return { temperature: settings.temperature, topK: settings['top-k'], topP: settings['top-p'], minP: settings['min-p'], repetition: settings.repetition };
}

/** The stages in the order in which they work, as `Sampler.explain` names them. */
export const stageNames = ['repetitionPenalty', 'temperature', 'topK', 'topP', 'minP'] as const;

export type StageName = (typeof stageNames)[number];

/** The options that do something; each adds a stage to the sampler. */
export function samplingOptions({ temperature, topK, topP, minP, repetition }: Sampling): SamplingOptions {
  return {
    ...(repetition !== 1 && { repetitionPenalty: repetition }),
    ...(temperature !== 1 && { temperature }),
    ...(topK !== 0 && { topK }),
    ...(topP !== 1 && { topP }),
    ...(minP !== 0 && { minP }),
  };
}
