// Makes a preference fit into the context: what is cut off when it is too long. The prompt stays the same before both answers.
import type { Truncation } from '../../data/fit-to-context.js';
import { placesOf } from './answer-rows.js';
import type { PreferenceTokens } from './preferences.js';

/** @returns the preference itself where it fits, undefined where it is left out */
export function fitPreference(preference: PreferenceTokens, contextLength: number, truncation: Truncation): PreferenceTokens | undefined {
  const { prompt, chosen, rejected } = preference;
  const places = Math.max(placesOf({ prompt, answer: chosen }), placesOf({ prompt, answer: rejected }));
  const surplus = places - contextLength;
  if (surplus <= 0) return preference;
  if (truncation === 'drop') return undefined;
  if (truncation === 'left') return surplus >= prompt.length ? undefined : { ...preference, prompt: prompt.slice(surplus) };
  const room = contextLength + 1 - prompt.length;
  const cut = { ...preference, chosen: chosen.slice(0, Math.max(0, room)), rejected: rejected.slice(0, Math.max(0, room)) };
  const isSame = cut.chosen.length === cut.rejected.length && cut.chosen.every((id, i) => id === cut.rejected[i]);
  return isSame ? undefined : cut;
}
