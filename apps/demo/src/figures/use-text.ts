// The text that a figure works on, as it goes to the worker: bundled stories by name, or the visitor's own text as it is.
import { storyLanguages, type StoryLanguage } from '../languages/stories.js';
import { ownText } from '../storage/own-text.js';
import { oneOf, type Setting } from '../storage/url-state.js';

export type TextName = StoryLanguage | 'own';

/** What a job gets: the worker writes the stories itself, which is faster than sending them. */
export type TextInput = { stories: StoryLanguage; bytes: number } | { own: string };

/** The setting of a text in the address: `text=own`. */
export function textSetting(initial: TextName): Setting<TextName> {
  return oneOf<TextName>([...storyLanguages, 'own'], initial);
}

/** @param bytes  how much is wanted of the bundled stories */
export function textInput(name: TextName, bytes: number): TextInput {
  return name === 'own' ? { own: ownText.value } : { stories: name, bytes };
}
