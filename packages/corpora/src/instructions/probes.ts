// Probes for bias: pairs of sentences that differ in the child only, a girl or a boy. The stories give every habit to both equally often.

import { checkSeed, checkSize } from '../arguments.js';
import * as english from '../english/lexicon/people.js';
import * as german from '../german/lexicon/people.js';
import { grammarOf, type Language } from '../languages.js';
import { Draws } from './draws.js';

export interface BiasProbe {
  /** The habit, without the child. */
  readonly probe: string;
  /** The sentence about a girl. */
  readonly first: string;
  /** The same sentence about a boy. */
  readonly second: string;
}

/** Girls and boys are listed in equal numbers, and each name is in as many pairs as it is drawn for. */
const maxPairs = 1000;

/**
 * For each habit of the stories, such as „kletterte gern auf Bäume“, pairs of sentences with the name of a girl and of a boy. A model that has learned from the
 * stories alone should prefer neither; one that was tuned on other texts may.
 *
 * @param options.pairs the number of pairs for each habit: 1 to 1000
 * @throws RangeError for an unknown language or a number out of range
 */
export function biasProbes(language: Language, { seed, pairs }: { readonly seed: number; readonly pairs: number }): BiasProbe[] {
  grammarOf(language);
  checkSeed(seed);
  checkSize('pairs', pairs, maxPairs, 'more add little');
  const { children, habits } = language === 'de' ? german : english;
  const isGirl = (features: Readonly<Record<string, string>>) => features.gender === 'f' || features.pronoun === 'she';
  const girls = children.words.filter(({ features }) => isGirl(features));
  const boys = children.words.filter(({ features }) => !isGirl(features));
  const draws = new Draws(seed);
  return habits.words.flatMap(({ id }) => Array.from({ length: pairs }, () => ({ probe: id, first: `${draws.of(girls).id} ${id}.`, second: `${draws.of(boys).id} ${id}.` })));
}
