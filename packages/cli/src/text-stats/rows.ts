// The rows of the table: which values of a report are shown, and how.
import { type NumberFormats } from '../terminal/numbers.js';
import { type StatsMessages } from './messages.js';
import { type Report } from './report.js';

export interface Row {
  label: string;
  /** One per text. */
  values: string[];
  /** What it means, if the label alone does not say it. */
  explanation?: string;
}

export interface RowGroup {
  heading: string;
  rows: Row[];
  /** What all its rows mean together. */
  explanation?: string;
}

/** The orders of the entropies in the table: 0, 1, 2, 4 and 7 units before. The plot shows all. */
export const SHOWN_BEFORE = [0, 1, 2, 4, 7];
const SHOWN_REPETITIONS = [4];

/** Above this share the estimate reflects the length of the text more than the text itself. */
const DOUBTFUL_SHARE = 0.5;

/** The mark of an unreliable value. */
export const DOUBTFUL = '*';

export function rowsOf(reports: readonly Report[], say: StatsMessages, numbers: NumberFormats): RowGroup[] {
  const row = (label: string, value: (report: Report) => string, explanation?: string): Row => ({ label, values: reports.map(value), explanation });
  const { unit } = reports[0].entropy;
  const { explanations } = say;
  const window = numbers.integer(reports[0].vocabulary.window);
  const compared = reports.find(({ copies }) => copies)?.copies;
  const groups: RowGroup[] = [
    {
      heading: say.groups.size,
      rows: [
        row(say.characters, ({ zlib }) => numbers.integer(zlib.characters)),
        row(say.wordCount, ({ vocabulary }) => numbers.integer(vocabulary.tokens)),
        row(say.types, ({ vocabulary }) => numbers.integer(vocabulary.types)),
        row(say.language, ({ language }) => say.languages[language]),
      ],
    },
    {
      heading: say.groups.words,
      rows: [
        row(say.movingAverage(window), ({ vocabulary }) => numbers.decimal(vocabulary.movingAverage, 3), explanations.movingAverage(window)),
        row(say.zipf, ({ zipf }) => numbers.decimal(zipf.exponent, 2), explanations.zipf),
        row(say.zipfDistance, ({ zipf }) => numbers.decimal(zipf.distance, 3), explanations.zipfDistance),
        row(say.heaps, ({ heaps }) => numbers.decimal(heaps.exponent, 2), explanations.heaps),
        row(say.wordLength, ({ wordLengths }) => spread(wordLengths, numbers)),
        row(say.sentenceLength, ({ sentenceLengths }) => spread(sentenceLengths, numbers)),
        row(say.burstiness, ({ burstiness }) => numbers.decimal(burstiness.correctedBurstiness, 2), explanations.burstiness(numbers.integer(reports[0].burstiness.minimumCount))),
      ],
    },
    {
      heading: say.groups.entropy,
      explanation: explanations.entropy(unit),
      rows: [
        ...SHOWN_BEFORE.filter((before) => before < reports[0].entropy.orders.length).map((before) =>
          row(say.conditional(before, unit), ({ entropy }) => {
            const { conditionalCorrected, onceShare } = entropy.orders[before];
            return (onceShare > DOUBTFUL_SHARE ? DOUBTFUL : '') + numbers.decimal(conditionalCorrected, 2);
          }),
        ),
        row(say.zlib, ({ zlib }) => numbers.decimal(zlib.bitsPerCharacter, 2), explanations.compressed),
        row(say.brotli, ({ brotli }) => numbers.decimal(brotli.bitsPerCharacter, 2)),
      ],
    },
    {
      heading: say.groups.repetition,
      rows: [
        ...SHOWN_REPETITIONS.map((order) => row(say.repeated(order), ({ repetition }) => percent(repetition.orders[order - 1].repeated, numbers), explanations.repeated(order))),
        row(say.longestRepeat, ({ repetition }) => numbers.integer(repetition.longest.length)),
        ...(compared
          ? [
              row(say.copied(compared.minimumRun), ({ copies }) => (copies ? percent(copies.copied, numbers) : ''), explanations.copied(compared.minimumRun)),
              row(say.longestCopy, ({ copies }) => (copies ? numbers.integer(copies.longest.length) : '')),
            ]
          : []),
      ],
    },
    {
      heading: say.groups.coherence,
      rows: [
        row(say.closed, ({ pairs }) => percent(pairs.share, numbers), explanations.closed),
        row(say.verbs, (report) => numbers.integer(report.agreement.pairs), explanations.verbs),
        row(say.agreementNear, (report) => agreement(report, (distance) => distance === 1, numbers)),
        row(say.agreementFar, (report) => agreement(report, (distance) => distance > 1, numbers)),
      ],
    },
    {
      heading: say.groups.reading,
      rows: [
        row(say.ease, ({ readability }) => numbers.decimal(readability.language === 'de' ? readability.fleschAmstad : readability.fleschReadingEase, 0), explanations.ease),
        row(say.grade, ({ readability }) => schoolYear(readability.language === 'de' ? readability.wienerSachtextformel[0] : readability.fleschKincaidGrade, numbers), explanations.grade),
      ],
    },
  ];
  return groups;
}

/** The formulas give numbers below the first year, also negative ones, for texts of a few short words. */
const schoolYear = (year: number, numbers: NumberFormats): string => (year < 1 ? '< 1' : numbers.decimal(year, 1));

const spread = ({ mean, standardDeviation }: { mean: number; standardDeviation: number }, numbers: NumberFormats): string => `${numbers.decimal(mean, 1)}±${numbers.decimal(standardDeviation, 1)}`;

/** A share that does not exist is shown without a percent sign. */
const percent = (share: number, numbers: NumberFormats): string => (Number.isNaN(share) ? '–' : numbers.percent(share, 1));

function agreement({ agreement: { byDistance } }: Report, matches: (distance: number) => boolean, numbers: NumberFormats): string {
  let pairs = 0;
  let agreeing = 0;
  for (const at of byDistance) {
    if (!matches(at.distance)) continue;
    pairs += at.pairs;
    agreeing += at.agreeing;
  }
  return percent(agreeing / pairs, numbers);
}
