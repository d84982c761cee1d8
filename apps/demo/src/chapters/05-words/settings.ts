// What all figures of this chapter learn from: one set of sentences and one seed for the whole page, in the address.
import { computed, onMounted, type ComputedRef } from 'vue';
import { useStoryLanguage } from '../../languages/index.js';
import { FIRST_SEED, firstMine, readEdits, readMine, type WordTexts } from '../../lab/word-texts.js';
import { openOwnText, ownText } from '../../storage/own-text.js';
import { oneOf, shortText, useSettings, whole } from '../../storage/url-state.js';
import { LONGEST_EDITS, LONGEST_MINE, LONGEST_OWN } from './limits.js';

export interface WordTextSettings {
  mine: string;
  edits: string;
  text: 'course' | 'own';
  seed: number;
}

export function useWordTexts(): { settings: WordTextSettings; texts: ComputedRef<WordTexts> } {
  const language = useStoryLanguage();
  const settings = useSettings({
    mine: shortText(firstMine[language.value].join('|'), LONGEST_MINE),
    edits: shortText('', LONGEST_EDITS),
    text: oneOf<'course' | 'own'>(['course', 'own'], 'course'),
    seed: whole(0, 2 ** 32 - 1, FIRST_SEED),
  });
  onMounted(openOwnText);
  const texts = computed(() => ({
    language: language.value,
    mine: readMine(settings.mine),
    edits: readEdits(settings.edits),
    own: settings.text === 'own' ? ownText.value.slice(0, LONGEST_OWN) : '',
    seed: settings.seed,
  }));
  return { settings, texts };
}
