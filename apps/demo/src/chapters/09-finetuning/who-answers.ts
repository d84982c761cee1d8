// Who answers in the conversation: what the address says, if there is such a model.
import { BASE, TUNED } from './settings.js';

/** @param names  of the visitor's models. @returns the name of the model that is missing, if one of theirs is wanted and not there */
export function missingModel(who: string, names: readonly string[]): string | undefined {
  const name = /^own:(.*)$/s.exec(who)?.[1];
  return name === undefined || names.includes(name) ? undefined : name;
}

/** Who answers instead of a missing model: what the chosen lines make, if there are any. */
export const insteadOfMissing = (canLearn: boolean): string => (canLearn ? TUNED : BASE);
