// Measures whether verbs agree with their subjects when words stand between them. A model with a short memory forgets the subject. This is
// a probe, not a parser: it judges only clauses in which closed lists leave no doubt, and skips all others.
import { english } from './agreement/english.js';
import { german } from './agreement/german.js';
import { pairsOf } from './agreement/pairs.js';
import { measureOf, type Accumulator, type Measure } from './measure.js';
import { checkChoice } from './options.js';
import { SentenceReader } from './sentences.js';
import type { Statistic } from './statistic.js';

export interface VerbAgreementOptions {
  language: 'de' | 'en';
}

export interface AgreementAtDistance {
  /** The distance in words from the subject (its pronoun or noun) to the verb; 1 if they are adjacent. */
  readonly distance: number;
  readonly pairs: number;
  readonly agreeing: number;
  /** agreeing / pairs. */
  readonly share: number;
}

/** A verb that does not agree with its subject. */
export interface Disagreement {
  readonly subject: string;
  readonly verb: string;
  readonly distance: number;
  readonly sentence: string;
}

export interface VerbAgreement {
  /** The number of judged pairs of subject and verb. */
  readonly pairs: number;
  readonly agreeing: number;
  /** agreeing / pairs, from 0 to 1; NaN without pairs. */
  readonly share: number;
  /** In ascending order of distance. */
  readonly byDistance: readonly AgreementAtDistance[];
  /** The first disagreements, at most 20. */
  readonly disagreements: readonly Disagreement[];
}

const SHOWN = 20;

/**
 * The share of verbs that agree with a subject before them in person and number, by distance. Subjects are pronouns whose form shows their
 * case, and noun phrases of a determiner and a noun from a closed list at the beginning of a clause; verbs are forms of frequent ones. A
 * clause with two subjects, or with the verb before the subject, is skipped. The chance level is far from 0, because most verbs of a story
 * are in the third person singular. In carefully edited text about 1 pair in 100 is misjudged. Memory: one sentence.
 *
 * Source of the idea: T. Linzen, E. Dupoux and Y. Goldberg, "Assessing the Ability of LSTMs to Learn Syntax-Sensitive Dependencies", TACL 4 (2016).
 *
 * @throws RangeError unless the language is 'de' or 'en'
 */
export const verbAgreement: Measure<VerbAgreementOptions, VerbAgreement> = /* @__PURE__ */ measureOf<VerbAgreementOptions, VerbAgreement>('verbAgreement', { language: true }, (options) => {
  const language = options?.language as VerbAgreementOptions['language'];
  checkChoice('language', language, ['de', 'en']);
  return new AgreementAccumulator(language);
});

class AgreementAccumulator implements Accumulator<VerbAgreement> {
  readonly #sentences = new SentenceReader();
  readonly #distances = new Map<number, { pairs: number; agreeing: number }>();
  readonly #disagreements: Disagreement[] = [];

  constructor(readonly language: 'de' | 'en') {}

  add(chunk: string): void {
    this.#judge(this.#sentences.add(chunk));
  }

  result(): VerbAgreement {
    this.#judge(this.#sentences.rest());
    const byDistance = [...this.#distances].sort(([a], [b]) => a - b).map(([distance, { pairs, agreeing }]) => ({ distance, pairs, agreeing, share: agreeing / pairs }));
    const pairs = byDistance.reduce((sum, at) => sum + at.pairs, 0);
    const agreeing = byDistance.reduce((sum, at) => sum + at.agreeing, 0);
    return { pairs, agreeing, share: agreeing / pairs, byDistance, disagreements: this.#disagreements };
  }

  #judge(sentences: readonly string[]): void {
    for (const sentence of sentences) {
      for (const { subject, verb, distance, agrees } of pairsOf(sentence, this.language === 'de' ? german : english)) {
        const counts = this.#distances.get(distance) ?? { pairs: 0, agreeing: 0 };
        counts.pairs++;
        if (agrees) counts.agreeing++;
        else if (this.#disagreements.length < SHOWN) this.#disagreements.push({ subject, verb, distance, sentence });
        this.#distances.set(distance, counts);
      }
    }
  }
}

/** The share of agreeing verbs at these distances. */
function shareAt({ byDistance }: VerbAgreement, isCounted: (distance: number) => boolean): number {
  const counted = byDistance.filter(({ distance }) => isCounted(distance));
  const sum = (key: 'pairs' | 'agreeing'): number => counted.reduce((all, at) => all + at[key], 0);
  return sum('agreeing') / sum('pairs');
}

export const agreementStatistic: Statistic<VerbAgreement> = {
  functions: { verbAgreement: 'share of verbs that agree with a subject k words before them, by k, with the verbs that do not' },
  measure: ({ language }) => verbAgreement.accumulator({ language }),
  figures: () => [
    {
      group: 'coherence',
      name: { en: 'verbs judged', de: 'Verben geprüft' },
      meaning: {
        en: 'how many verbs could be compared with their subject (he is, they are). The two lines below it are the shares of those that fit, by how many words away the subject is.',
        de: 'wie viele Verben sich mit ihrem Subjekt vergleichen ließen (er ist, sie sind). Die zwei Zeilen darunter sind die Anteile derer, die passen, je nachdem, wie viele Wörter das Subjekt entfernt ist.',
      },
      form: 'integer',
      value: ({ pairs }) => pairs,
    },
    { group: 'coherence', name: { en: 'right, 1 word away', de: 'richtig, 1 Wort weit' }, form: 'percent', value: (result) => shareAt(result, (words) => words === 1) },
    { group: 'coherence', name: { en: 'right, 2+ words away', de: 'richtig, ab 2 Wörtern' }, form: 'percent', value: (result) => shareAt(result, (words) => words > 1) },
  ],
};
