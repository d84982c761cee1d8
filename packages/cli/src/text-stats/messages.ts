// The texts of `kk text stats` in both languages. Each language is one object of this type, so a missing label is a compile error.
import { type Language } from '@kk/corpora';
import { explanations, type Explanations } from './explanations.js';

export interface StatsMessages {
  groups: Record<'size' | 'words' | 'entropy' | 'repetition' | 'coherence' | 'reading', string>;
  characters: string;
  wordCount: string;
  types: string;
  language: string;
  languages: Record<Language, string>;
  movingAverage(window: string): string;
  zipf: string;
  zipfDistance: string;
  heaps: string;
  wordLength: string;
  sentenceLength: string;
  burstiness: string;
  /** The label of the bits of a unit given the units before it. */
  conditional(before: number, unit: 'character' | 'word'): string;
  zlib: string;
  brotli: string;
  repeated(order: number): string;
  longestRepeat: string;
  copied(minimumRun: number): string;
  longestCopy: string;
  closed: string;
  verbs: string;
  agreementNear: string;
  agreementFar: string;
  ease: string;
  grade: string;
  /** `left` is undefined until it is known. */
  progress(facts: { done: string; left: string | undefined }): string;
  zipfPlot: string;
  entropyPlot(unit: 'character' | 'word'): string;
  lengthsDiffer: string;
  /** What a chain that looks so far back counts. */
  order(before: number, unit: 'character' | 'word'): string;
  tooLow: string;
  /** What the mark for several texts in one place of a plot means. */
  shared(mark: string): string;
  explainHint: string;
  explainHeading: string;
  explanations: Explanations;
}

export const statsMessages: Readonly<Record<Language, StatsMessages>> = {
  en: {
    groups: { size: 'Size', words: 'Words', entropy: 'Surprise, bits', repetition: 'Repetition', coherence: 'Coherence', reading: 'Reading' },
    characters: 'characters',
    wordCount: 'words',
    types: 'different words',
    language: 'language',
    languages: { de: 'German', en: 'English' },
    movingAverage: (window) => `variety in ${window} words`,
    zipf: 'Zipf exponent',
    zipfDistance: 'distance from Zipf',
    heaps: 'Heaps exponent',
    wordLength: 'letters per word',
    sentenceLength: 'words per sentence',
    burstiness: 'burstiness',
    conditional: (before, unit) => (before === 0 ? `a ${unit}` : `after ${before} ${unit}${before === 1 ? '' : 's'}`),
    zlib: 'zlib, per character',
    brotli: 'brotli, per character',
    repeated: (order) => `${order} words seen before`,
    longestRepeat: 'longest, in words',
    copied: (minimumRun) => `copied, ${minimumRun}+ words`,
    longestCopy: 'longest copy, words',
    closed: 'quotes closed',
    verbs: 'verbs judged',
    agreementNear: 'right, 1 word away',
    agreementFar: 'right, 2+ words away',
    ease: 'ease (Flesch/Amstad)',
    grade: 'school year',
    progress: ({ done, left }) => `measuring, ${done}${left === undefined ? '' : `, ${left} left`}`,
    zipfPlot: 'How often the words come, by rank (both axes logarithmic)',
    entropyPlot: (unit) => `Surprise by order: bits of a ${unit} after those before it`,
    lengthsDiffer: 'These texts are of very different lengths, and many figures depend on that. --equal compares beginnings of one length.',
    order: (before, unit) => `"after ${before} ${unit}${before === 1 ? '' : 's'}" is for a chain that looks ${before} back: n-grams of ${before + 1}.`,
    tooLow: '* too low: more than half of the n-grams came only once',
    shared: (mark) => `${mark} several texts in one place`,
    explainHint: '--explain says what these figures mean.',
    explainHeading: 'What the figures mean',
    explanations: explanations.en,
  },
  de: {
    groups: { size: 'Umfang', words: 'Wörter', entropy: 'Überraschung, Bit', repetition: 'Wiederholung', coherence: 'Zusammenhalt', reading: 'Lesbarkeit' },
    characters: 'Zeichen',
    wordCount: 'Wörter',
    types: 'verschiedene Wörter',
    language: 'Sprache',
    languages: { de: 'Deutsch', en: 'Englisch' },
    movingAverage: (window) => `Vielfalt je ${window} Wörter`,
    zipf: 'Zipf-Exponent',
    zipfDistance: 'Abstand von Zipf',
    heaps: 'Heaps-Exponent',
    wordLength: 'Buchstaben je Wort',
    sentenceLength: 'Wörter je Satz',
    burstiness: 'Klumpung',
    conditional: (before, unit) => (before === 0 ? `je ${unit === 'word' ? 'Wort' : 'Zeichen'}` : unit === 'word' ? `nach ${before} ${before === 1 ? 'Wort' : 'Wörtern'}` : `nach ${before} Zeichen`),
    zlib: 'zlib, je Zeichen',
    brotli: 'brotli, je Zeichen',
    repeated: (order) => `${order} Wörter schon da`,
    longestRepeat: 'längste, in Wörtern',
    copied: (minimumRun) => `kopiert, ab ${minimumRun} Wörtern`,
    longestCopy: 'längste Kopie, Wörter',
    closed: 'Anführung zu Ende',
    verbs: 'Verben geprüft',
    agreementNear: 'richtig, 1 Wort weit',
    agreementFar: 'richtig, ab 2 Wörtern',
    ease: 'leicht (Flesch/Amstad)',
    grade: 'Schuljahr',
    progress: ({ done, left }) => `messe, ${done}${left === undefined ? '' : `, noch ${left}`}`,
    zipfPlot: 'Wie oft die Wörter kommen, nach Rang (beide Achsen logarithmisch)',
    entropyPlot: (unit) => `Überraschung: Bit je ${unit === 'word' ? 'Wort' : 'Zeichen'} nach denen davor`,
    lengthsDiffer: 'Diese Texte sind sehr verschieden lang, und viele Werte hängen davon ab. --equal vergleicht gleich lange Anfänge.',
    order: (before, unit) => `„nach ${before} ${unit === 'word' ? (before === 1 ? 'Wort' : 'Wörtern') : 'Zeichen'}“ meint eine Kette, die ${before} zurückblickt: n-Gramme aus ${before + 1}.`,
    tooLow: '* zu niedrig: mehr als die Hälfte der n-Gramme kam nur einmal',
    shared: (mark) => `${mark} mehrere Texte an einer Stelle`,
    explainHint: '--explain sagt, was diese Werte bedeuten.',
    explainHeading: 'Was die Werte bedeuten',
    explanations: explanations.de,
  },
};
