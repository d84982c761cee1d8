// The texts of `kk text stats` in both languages. Each language is one object of this type, so a missing label is a compile error.
import type { Language } from '@kk/corpora';
import type { FigureGroup } from '@kk/corpora/stats';

export interface StatsMessages {
  /** The headings, in the order of the groups. What stands below them is in the statistics themselves (@kk/corpora/stats). */
  groups: Record<FigureGroup, string>;
  characters: string;
  language: string;
  languages: Record<Language, string>;
  /** `left` is undefined until it is known. */
  progress(facts: { done: string; left: string | undefined }): string;
  zipfPlot: string;
  entropyPlot(unit: 'character' | 'word'): string;
  lengthsDiffer: string;
  tooLow: string;
  /** What the mark for several texts in one place of a plot means. */
  shared(mark: string): string;
  explainHint: string;
  explainHeading: string;
}

export const statsMessages: Readonly<Record<Language, StatsMessages>> = {
  en: {
    groups: { size: 'Size', words: 'Words', entropy: 'Surprise, bits', repetition: 'Repetition', coherence: 'Coherence', reading: 'Reading' },
    characters: 'characters',
    language: 'language',
    languages: { de: 'German', en: 'English' },
    progress: ({ done, left }) => `measuring, ${done}${left === undefined ? '' : `, ${left} left`}`,
    zipfPlot: 'How often the words come, by rank (both axes logarithmic)',
    entropyPlot: (unit) => `Surprise by order: bits of a ${unit} after those before it`,
    lengthsDiffer: 'These texts are of very different lengths, and many figures depend on that. --equal compares beginnings of one length.',
    tooLow: '* too low: more than half of the n-grams came only once',
    shared: (mark) => `${mark} several texts in one place`,
    explainHint: '--explain says what these figures mean.',
    explainHeading: 'What the figures mean',
  },
  de: {
    groups: { size: 'Umfang', words: 'Wörter', entropy: 'Überraschung, Bit', repetition: 'Wiederholung', coherence: 'Zusammenhalt', reading: 'Lesbarkeit' },
    characters: 'Zeichen',
    language: 'Sprache',
    languages: { de: 'Deutsch', en: 'Englisch' },
    progress: ({ done, left }) => `messe, ${done}${left === undefined ? '' : `, noch ${left}`}`,
    zipfPlot: 'Wie oft die Wörter kommen, nach Rang (beide Achsen logarithmisch)',
    entropyPlot: (unit) => `Überraschung: Bit je ${unit === 'word' ? 'Wort' : 'Zeichen'} nach denen davor`,
    lengthsDiffer: 'Diese Texte sind sehr verschieden lang, und viele Werte hängen davon ab. --equal vergleicht gleich lange Anfänge.',
    tooLow: '* zu niedrig: mehr als die Hälfte der n-Gramme kam nur einmal',
    shared: (mark) => `${mark} mehrere Texte an einer Stelle`,
    explainHint: '--explain sagt, was diese Werte bedeuten.',
    explainHeading: 'Was die Werte bedeuten',
  },
};
