// The readability of a text in its language: the formulas of German or those of English, which have figures of one kind.
import type { Accumulator } from './measure.js';
import { englishReadability, type EnglishReadability } from './readability-english.js';
import { germanReadability, type GermanReadability } from './readability-german.js';
import type { Statistic } from './statistic.js';

export type Readability = ({ readonly language: 'de' } & GermanReadability) | ({ readonly language: 'en' } & EnglishReadability);

export const readabilityStatistic: Statistic<Readability> = {
  functions: {
    germanReadability: "Flesch's ease in Amstad's version, the four Wiener Sachtextformeln",
    englishReadability: "Flesch's reading ease, Flesch and Kincaid's grade",
  },
  measure: ({ language }) =>
    language === 'de' ? mapped(germanReadability.accumulator(), (result) => ({ language, ...result })) : mapped(englishReadability.accumulator(), (result) => ({ language, ...result })),
  figures: () => [
    {
      group: 'reading',
      name: { en: 'ease (Flesch/Amstad)', de: 'leicht (Flesch/Amstad)' },
      meaning: {
        en: 'how easy the text is to read, from the lengths of its words and sentences: about 0 is very hard, 100 very easy. It knows nothing of sense.',
        de: 'wie leicht der Text zu lesen ist, aus den Längen der Wörter und Sätze: etwa 0 ist sehr schwer, 100 sehr leicht. Vom Sinn weiß der Wert nichts.',
      },
      form: { decimals: 0 },
      value: (result) => (result.language === 'de' ? result.fleschAmstad : result.fleschReadingEase),
    },
    {
      group: 'reading',
      name: { en: 'school year', de: 'Schuljahr' },
      meaning: { en: 'the school year in which such a text is understood, from the same lengths.', de: 'in welchem Schuljahr man einen solchen Text versteht, aus denselben Längen.' },
      // The formulas give numbers below the first year, also negative ones, for texts of a few short words.
      form: { decimals: 1, least: 1 },
      value: (result) => (result.language === 'de' ? result.wienerSachtextformel[0] : result.fleschKincaidGrade),
    },
  ],
};

const mapped = <From, To>(accumulator: Accumulator<From>, change: (result: From) => To): Accumulator<To> => ({
  add: (chunk) => accumulator.add(chunk),
  result: () => change(accumulator.result()),
});
