// The rows of the table: the figures of all statistics, by group, as they are written in a language.
import type { Language } from '@kk/corpora';
import type { Figure, FigureGroup } from '@kk/corpora/stats';
import type { NumberFormats } from '../terminal/numbers.js';
import type { StatsMessages } from './messages.js';
import { allStatistics, type Report, type Results } from './report.js';

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

/** The mark of an unreliable value. */
export const DOUBTFUL = '*';

/** The words of a result, in the language of the reader. */
export interface Wording {
  language: Language;
  say: StatsMessages;
  numbers: NumberFormats;
}

export function rowsOf(reports: readonly Report[], { language, say, numbers }: Wording): RowGroup[] {
  const groups = Object.fromEntries(Object.entries(say.groups).map(([group, heading]) => [group, { heading, rows: [] as Row[] }])) as Record<FigureGroup, RowGroup>;
  groups.size.rows.push({ label: say.characters, values: reports.map(({ characters }) => numbers.integer(characters)) });
  for (const { statistic, result, of } of measured(reports)) {
    const figures = statistic.figures?.(result) ?? [];
    for (const figure of figures) {
      const values = reports.map((report) => (of(report) === undefined ? '' : written(figure, of(report), numbers)));
      groups[figure.group].rows.push({ label: figure.name[language], values, explanation: figure.meaning?.[language] });
    }
    const together = statistic.meaning?.(result)[language];
    if (together !== undefined && figures.length > 0) groups[figures[0].group].explanation = together;
  }
  groups.size.rows.push({ label: say.language, values: reports.map((report) => say.languages[report.language]) });
  return Object.values(groups);
}

/** What the statistics remark on their figures. */
export const notesOf = (reports: readonly Report[], language: Language): string[] => measured(reports).flatMap(({ statistic, result }) => statistic.note?.(result)?.[language] ?? []);

/** The statistics that measured a text, with the first result of each, on which the figures depend. */
function measured(reports: readonly Report[]) {
  return allStatistics.flatMap(([name, statistic]) => {
    const of = ({ results }: Report): unknown => results[name as keyof Results];
    const result = reports.map(of).find((one) => one !== undefined);
    return result === undefined ? [] : [{ statistic, result, of }];
  });
}

function written(figure: Figure<unknown>, result: unknown, numbers: NumberFormats): string {
  return (figure.isDoubtful?.(result) ? DOUBTFUL : '') + formatted(figure, result, numbers);
}

function formatted(figure: Figure<unknown>, result: unknown, numbers: NumberFormats): string {
  if (figure.form === 'spread') {
    const { mean, standardDeviation } = figure.value(result);
    return `${numbers.decimal(mean, 1)}±${numbers.decimal(standardDeviation, 1)}`;
  }
  const value = figure.value(result);
  if (figure.form === 'integer') return numbers.integer(value);
  // A share that does not exist is shown without a percent sign.
  if (figure.form === 'percent') return Number.isNaN(value) ? '–' : numbers.percent(value, 1);
  const { decimals, least } = figure.form;
  return least !== undefined && value < least ? `< ${numbers.integer(least)}` : numbers.decimal(value, decimals);
}
