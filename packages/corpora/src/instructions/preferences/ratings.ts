// Ratings: single answers, each with thumbs up or down by a hidden rule.

import { Draws } from '../draws.js';
import type { Language } from '../../languages.js';
import type { InstructionMessage } from '../types.js';
import { checked, preferencePairs, type PreferencePair, type PreferenceStreamOptions } from './pairs.js';

export interface RatedAnswer extends Pick<PreferencePair, 'language' | 'rule' | 'story' | 'question' | 'prompt' | 'isNewWording'> {
  readonly completion: string;
  /** Whether the completion follows the rule. */
  readonly label: boolean;
  /** The same as turns: the prompt of the user, and the answer of the assistant. */
  readonly messages: { readonly prompt: readonly [InstructionMessage]; readonly completion: readonly [InstructionMessage] };
}

/**
 * An endless stream of ratings: of each pair of `preferencePairs` with these options one answer, drawn with probability 1/2, so that no prompt tells how
 * its answer is rated.
 *
 * @throws as `preferencePairs`
 */
export function ratedAnswers(language: Language, options: PreferenceStreamOptions): Generator<RatedAnswer, never, undefined> {
  const pairs = preferencePairs(language, checked('ratedAnswers', options));
  const draws = new Draws(options.seed);
  return (function* () {
    for (;;) {
      const { chosen, rejected, messages, ...rest } = pairs.next().value;
      const label = draws.chance(0.5);
      yield { ...rest, completion: label ? chosen : rejected, label, messages: { prompt: messages.prompt, completion: label ? messages.chosen : messages.rejected } };
    }
  })();
}
