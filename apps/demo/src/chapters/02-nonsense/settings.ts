// The settings that all figures of this chapter share: one text, one unit, one memory and one seed for the whole page.
import { textSetting, type TextName } from '../../figures/use-text.js';
import type { StoryLanguage } from '../../languages/stories.js';
import { oneOf, whole, type Setting } from '../../storage/url-state.js';
import type { ChainUnit } from '../../lab/units.js';

/** How much of the bundled stories is counted, in bytes. */
export const STORIES = 200_000;

export const chainSettings = (language: StoryLanguage): { text: Setting<TextName>; unit: Setting<ChainUnit>; order: Setting<number>; seed: Setting<number> } => ({
  text: textSetting(language),
  unit: oneOf(['character', 'word'], 'character'),
  order: whole(1, 8, 3),
  seed: whole(0, 2 ** 32 - 1, 7),
});
