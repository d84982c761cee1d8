// A comparison as a Markdown file.
import type { Language } from '@kk/corpora';
import type { Comparison, ShownAnswer } from '@kk/finetune';
import { numberFormats } from '../terminal/numbers.js';
import { comparisonMessages } from './messages.js';
import { answersNote, forgottenIn, hasLosses, lossNote, measureRows, type ComparisonFacts } from './rows.js';

/** The text of a Markdown file. */
export function comparisonMarkdown(comparison: Comparison, facts: ComparisonFacts, language: Language): string {
  const says = comparisonMessages[language];
  const forgotten = forgottenIn(comparison, language);
  const lines = [
    `# ${inLine(says.title(facts.name))}`,
    '',
    `- ${says.facts.base}: ${inLine(facts.base)}`,
    `- ${says.facts.tuned}: ${inLine(facts.tuned)}`,
    `- ${says.facts.examples}: ${numberFormats(language).integer(comparison.answers.length)}`,
    '',
    `## ${says.measures}`,
    '',
    `| | ${says.before} | ${says.after} |`,
    '| --- | ---: | ---: |',
    ...measureRows(comparison, language).map((row) => `| ${row.join(' | ')} |`),
    '',
    ...(hasLosses(comparison) ? [lossNote(facts, language)] : []),
    ...(forgotten === undefined ? [] : ['', forgotten]),
    '',
    `## ${says.answers}`,
    '',
    answersNote(facts, language),
    '',
  ];
  comparison.answers.forEach(({ question, expected, base, tuned }, i) => {
    lines.push(`### ${says.question} ${i + 1}`, '', ...quoted(question), '', '| | |', '| --- | --- |', `| ${says.before}${marksOf(base)} | ${inCell(base.text)} |`, `| ${says.after}${marksOf(tuned)} | ${inCell(tuned.text)} |`);
    if (expected.length > 0) lines.push(`| ${says.expected} | ${inCell(expected.join(' / '))} |`);
    lines.push('');
  });
  return lines.join('\n');

  function marksOf({ isExact, endsByItself }: ShownAnswer): string {
    const marks = [...(isExact ? [`✓ ${says.isRight}`] : []), ...(endsByItself ? [] : [says.cut])];
    return marks.length === 0 ? '' : ` (${marks.join(', ')})`;
  }
}

/** Text that a model or a file made, with what Markdown would take for its own marked as text. */
const inLine = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~&!]/g, (character) => `\\${character}`);
const inCell = (text: string): string => inLine(text.trim()).replace(/\s*\n\s*/g, '<br>') || ' ';
const quoted = (text: string): string[] => text.trim().split('\n').map((line) => `> ${inLine(line)}`);
