// The figures of a comparison as rows of text, for both of its formats.
import type { Language } from '@kk/corpora';
import type { Comparison, ModelMeasures } from '@kk/finetune';
import { numberFormats } from '../terminal/numbers.js';
import { comparisonMessages } from './messages.js';

export interface ComparisonFacts {
  /** The folder of the tuned model. */
  readonly name: string;
  readonly base: string;
  readonly tuned: string;
  /** Whether the tuned model learned from the examples, or from answers to the same prompts; undefined where it is not known, because they were given apart from a recipe. */
  readonly learned: boolean | 'from answers' | undefined;
  /** Examples whose loss is not measured, because they are longer than the context. */
  readonly tooLong: number;
  /** Questions that are not asked, because they leave no room in the context for an answer. */
  readonly notAsked: number;
}

/** A measure before and after. */
export type MeasureRow = readonly [name: string, before: string, after: string];

/** Whether a loss was measured: prompts alone have none. */
export const hasLosses = ({ base: { task, baseText } }: Comparison): boolean => Boolean(task ?? baseText);

/** What the losses are, and what they leave out. */
export function lossNote({ tooLong }: ComparisonFacts, language: Language): string {
  const { lossUnit, tooLong: say } = comparisonMessages[language];
  return tooLong === 0 ? lossUnit : `${lossUnit} ${say(numberFormats(language).integer(tooLong), tooLong === 1)}`;
}

/** What an answer is, whether the model had learned from the examples, and how many were not asked. */
export function answersNote({ learned, notAsked }: ComparisonFacts, language: Language): string {
  const { likeliest, learnedFrom, notLearnedFrom, maybeLearnedFrom, learnedFromAnswers, notAsked: say } = comparisonMessages[language];
  const from = learned === undefined ? maybeLearnedFrom : learned === 'from answers' ? learnedFromAnswers : learned ? learnedFrom : notLearnedFrom;
  return [likeliest, from, ...(notAsked === 0 ? [] : [say(numberFormats(language).integer(notAsked), notAsked === 1)])].join(' ');
}

/** Measures that neither model has are left out. */
export function measureRows({ base, tuned }: Comparison, language: Language): MeasureRow[] {
  const says = comparisonMessages[language];
  const numbers = numberFormats(language);
  const loss = (value: number): string => numbers.decimal(value, 3);
  const share = (value: number): string => numbers.percent(value, 1);
  const rows: [string, (of: ModelMeasures) => number | null | undefined, (value: number) => string][] = [
    [says.answerLoss, ({ task }) => task?.loss, loss],
    [says.exact, ({ answers }) => answers.exact, share],
    [says.ends, ({ answers }) => answers.endsByItself, share],
    [says.tokens, ({ answers }) => answers.meanTokens, (value) => numbers.decimal(value, 1)],
    [says.baseLoss, ({ baseText }) => baseText?.loss, loss],
  ];
  return rows.flatMap(([name, valueOf, format]): MeasureRow[] => {
    const [before, after] = [valueOf(base), valueOf(tuned)];
    return typeof before === 'number' && typeof after === 'number' ? [[name, format(before), format(after)]] : [];
  });
}

/** What became of the text of the base, as a sentence; undefined where it was not measured. */
export function forgottenIn({ forgotten }: Comparison, language: Language): string | undefined {
  if (forgotten === null) return undefined;
  const change = numberFormats(language).percent(forgotten, 1);
  return comparisonMessages[language].forgotten(forgotten > 0 ? `+${change}` : change, forgotten > 0);
}
