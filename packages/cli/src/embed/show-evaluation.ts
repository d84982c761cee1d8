// Shows how good word vectors are.
import type { AnalogyEvaluation, SimilarityEvaluation } from '@kk/embeddings';
import { bars } from '../terminal/bars.js';
import { numberFormats } from '../terminal/numbers.js';
import { factTable } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import { printable } from '../terminal/text.js';
import type { CourseScore } from './course-questions.js';

const numbers = numberFormats('en');

/** The part of a line that names of sections may take. */
const NAMES_SHARE = 0.5;

interface Score {
  name: string;
  right: number;
  asked: number;
}

/** One line per section: its name, a bar, and how many were right; those of which nothing could be asked have no bar. */
function scoreBars(terminal: Terminal, scores: readonly Score[]): void {
  const shares = scores.map(({ right, asked }) => (asked > 0 ? right / asked : 0));
  const data = scores.map(({ name }, at) => ({ label: printable(name), share: shares[at] }));
  let at = 0;
  const shown = (): string => {
    const { right, asked } = scores[at++];
    return `${numbers.integer(right)} of ${numbers.integer(asked)}`;
  };
  terminal.print(bars(data, { columns: terminal.columns, numbers, full: 1, paint: terminal.colors.cyan, indent: 1, longestLabel: Math.floor(terminal.columns * NAMES_SHARE), shown }));
}

const percent = (right: number, asked: number): string => `${numbers.percent(right / asked, 1)} (${numbers.integer(right)} of ${numbers.integer(asked)})`;

/** For example `3, the first of them 17`. */
const linesInWords = (lines: readonly number[]): string => (lines.length === 1 ? `line ${numbers.integer(lines[0])}` : `${numbers.integer(lines.length)} lines, the first of them ${numbers.integer(lines[0])}`);

export function showAnalogies(terminal: Terminal, { sections, total }: AnalogyEvaluation, invalidLines: readonly number[]): void {
  title(terminal, 'Analogies');
  const asked = sections.filter(({ correct, incorrect }) => correct.length + incorrect.length > 0);
  if (asked.length > 0) scoreBars(terminal, asked.map(({ name, correct, incorrect }) => ({ name, right: correct.length, asked: correct.length + incorrect.length })));
  terminal.print(
    factTable(
      [
        ['Right', percent(total.correct.length, total.correct.length + total.incorrect.length)],
        ['Unknown', `${numbers.integer(total.unknown)} with a word that has no vector`],
        ['Ties', `${numbers.integer(total.ties)} wrong ones whose answer was as near`],
        ...(invalidLines.length > 0 ? [['No analogies', linesInWords(invalidLines)] as const] : []),
      ],
      terminal,
    ),
  );
}

export function showSimilarities(terminal: Terminal, { pearson, spearman, pairs, unknown, ties }: SimilarityEvaluation, invalidLines: readonly number[]): void {
  title(terminal, 'Similarities');
  terminal.print(
    factTable(
      [
        ['Spearman', `${numbers.decimal(spearman, 3)} (correlation of ranks)`],
        ['Pearson', numbers.decimal(pearson, 3)],
        ['Pairs', numbers.integer(pairs)],
        ['Unknown', `${numbers.count(unknown, 'pair')} with a word that has no vector`],
        ['Ties', `${numbers.integer(ties.judgements)} with the judgement of another pair, ${numbers.integer(ties.cosines)} with its cosine`],
        ...(invalidLines.length > 0 ? [['No pairs', linesInWords(invalidLines)] as const] : []),
      ],
      terminal,
    ),
  );
}

const COURSE_NAMES: Readonly<Record<CourseScore['kind'], string>> = { neighbour: 'nearest neighbours', analogy: 'analogies' };

export function showCourse(terminal: Terminal, scores: readonly CourseScore[]): void {
  title(terminal, "The course's questions");
  scoreBars(terminal, scores.map(({ kind, right, asked }) => ({ name: COURSE_NAMES[kind], right, asked })));
  const sum = (of: 'right' | 'asked' | 'unknown'): number => scores.reduce((so, score) => so + score[of], 0);
  terminal.print(
    factTable(
      [
        ['Right', percent(sum('right'), sum('asked'))],
        ['Unknown', `${numbers.integer(sum('unknown'))} with a word that has no vector`],
      ],
      terminal,
    ),
  );
}

const title = (terminal: Terminal, text: string): void => terminal.print(terminal.colors.bold(` ${text}`));
