// Preference pairs: one beginning of a story, and two sentences with which it may go on, of which one follows a hidden rule.

import { checkOptions } from '@kk/options';
import { checkSeed, checkSize } from '../../arguments.js';
import type { Language } from '../../languages.js';
import { checkPart, checkSentences } from '../check.js';
import { drawWording } from '../draw-wording.js';
import { Draws } from '../draws.js';
import { instructionLanguage } from '../languages.js';
import type { InstructionMessage, InstructionPart } from '../types.js';
import { checkRule, followsRule } from './follows.js';
import { drawOpenPassage, type OpenPassage } from './open-passage.js';
import type { PreferenceRule } from './rules/rule.js';

export interface PreferenceStreamOptions {
  /** An integer from 0 to 2^32 - 1. */
  readonly seed: number;
  /** What the rater likes. */
  readonly rule: PreferenceRule;
  /** Default `training`. Both parts may have the same seed. */
  readonly part?: InstructionPart;
  /** The least and the most sentences of a passage, from 1 to 8. Default `[3, 6]`. */
  readonly sentences?: readonly [least: number, most: number];
}

export interface WritePreferencesOptions extends PreferenceStreamOptions {
  /** The number of pairs. */
  readonly count: number;
}

export interface PreferencePair {
  readonly language: Language;
  readonly rule: PreferenceRule;
  /** The sentences of a story that are to be continued. */
  readonly story: string;
  /** The request, without the story. */
  readonly question: string;
  /** What the model reads: the story, a blank line and the question. */
  readonly prompt: string;
  /** The sentence that follows the rule. */
  readonly chosen: string;
  /** The sentence that does not. */
  readonly rejected: string;
  /** The same as turns: the prompt of the user, and two answers of the assistant. */
  readonly messages: { readonly prompt: readonly [InstructionMessage]; readonly chosen: readonly [InstructionMessage]; readonly rejected: readonly [InstructionMessage] };
  /** Whether the wording occurs only in the test part. Always false in the training part. */
  readonly isNewWording: boolean;
}

/** How many characters the two sentences of a pair may differ in length. */
export const closeTo = 8;
/** A passage that has gone on so often in one of the two ways only is given up. */
const triesAtFirst = 10;
/** How often a passage goes on. */
const tries = 24;
const maxCount = 2 ** 20;
const optionNames = { seed: true, rule: true, part: true, sentences: true, count: true } as const satisfies Record<keyof WritePreferencesOptions, true>;

/**
 * An endless stream of pairs, drawn independently of each other but for their lengths. Both sentences of a pair are drawn from all that the
 * grammar may write behind this beginning of a story, so nothing but the rule tells them apart. They differ by 8 characters at most, and the sum of
 * these differences from the beginning of the stream stays within 8 characters: whoever prefers long answers, or short ones, learns nothing.
 *
 * The parts have no story, no passage and no new wording in common, whatever their seeds. In the test part half of the requests have other wordings.
 *
 * @throws RangeError for an unknown language, rule or part, or a number out of range; thrown at the call
 * @throws TypeError for an unknown option
 */
export function preferencePairs(language: Language, options: PreferenceStreamOptions): Generator<PreferencePair, never, undefined> {
  const writer = new PairWriter(language, checked('preferencePairs', options));
  return (function* () {
    for (;;) yield writer.write();
  })();
}

/**
 * The first pairs of the stream. A longer list of the same options begins with the shorter one.
 *
 * @throws RangeError for an unknown language, rule or part, or a number out of range
 * @throws TypeError for an unknown option
 */
export function writePreferencePairs(language: Language, options: WritePreferencesOptions): PreferencePair[] {
  const stream = preferencePairs(language, options);
  checkSize('count', options.count, maxCount, 'use preferencePairs() and take them one after the other');
  return Array.from({ length: options.count }, () => stream.next().value);
}

/** @throws RangeError or TypeError that names the first option which is wrong */
export function checked(of: string, options: PreferenceStreamOptions): PreferenceStreamOptions {
  checkOptions(of, options, optionNames);
  const { seed, rule, part = 'training', sentences = [3, 6] } = options;
  checkSeed(seed);
  checkRule(rule);
  checkPart(part);
  checkSentences(sentences);
  return options;
}

class PairWriter {
  readonly #language: Language;
  readonly #options: Required<Omit<PreferenceStreamOptions, 'seed'>>;
  readonly #draws: Draws;
  /** The characters of all chosen sentences - those of the rejected ones. */
  #surplus = 0;

  constructor(language: Language, { seed, rule, part = 'training', sentences = [3, 6] }: PreferenceStreamOptions) {
    instructionLanguage(language); // refuses an unknown one
    this.#language = language;
    this.#options = { rule, part, sentences };
    this.#draws = new Draws(seed);
  }

  write(): PreferencePair {
    const { rule, part, sentences } = this.#options;
    for (;;) {
      const passage = drawOpenPassage(this.#language, part, sentences, this.#draws);
      const answers = this.#answers(passage);
      if (!answers) continue;
      const [chosen, rejected] = answers;
      this.#surplus += chosen.length - rejected.length;
      const { text: question, isNew } = drawWording(instructionLanguage(this.#language).questions.continue, part, this.#draws);
      const prompt = `${passage.text}\n\n${question}`;
      const said = (content: string) => [{ role: 'assistant', content }] as const;
      return {
        language: this.#language, rule, story: passage.text, question, prompt, chosen, rejected,
        messages: { prompt: [{ role: 'user', content: prompt }], chosen: said(chosen), rejected: said(rejected) },
        isNewWording: isNew,
      };
    }
  }

  /** A sentence that follows the rule and one that does not, of nearly the same length; undefined where the passage goes on in one of the ways only. */
  #answers(passage: OpenPassage): readonly [chosen: string, rejected: string] | undefined {
    const [liked, others] = [new Set<string>(), new Set<string>()];
    for (let attempt = 0; attempt < tries; attempt++) {
      if (attempt === triesAtFirst && (liked.size === 0 || others.size === 0)) return undefined;
      const sentence = passage.goOn(this.#draws.seed());
      if (sentence !== undefined) (followsRule(this.#language, this.#options.rule, sentence) ? liked : others).add(sentence);
    }
    const mayBeLonger = this.#surplus < 0 || (this.#surplus === 0 && this.#draws.chance(0.5));
    const isFair = (difference: number): boolean => (mayBeLonger ? difference >= 0 && difference <= closeTo : difference <= 0 && difference >= -closeTo);
    const pairs = [...liked].flatMap((chosen) => [...others].filter((rejected) => isFair(chosen.length - rejected.length)).map((rejected) => [chosen, rejected] as const));
    return pairs.length === 0 ? undefined : this.#draws.of(pairs);
  }
}
