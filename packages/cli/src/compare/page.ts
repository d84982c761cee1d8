// A comparison as an HTML file that needs no other.
import type { Language } from '@kk/corpora';
import type { ComparedAnswer, Comparison, ShownAnswer } from '@kk/finetune';
import { escaped } from '../embed/map/svg.js';
import { documentStyle } from '../pages/document-style.js';
import { pageFrame } from '../pages/frame.js';
import { numberFormats } from '../terminal/numbers.js';
import { comparisonMessages } from './messages.js';
import { answersNote, forgottenIn, hasLosses, lossNote, measureRows, type ComparisonFacts } from './rows.js';

/** The text of an HTML file. */
export function comparisonPage(comparison: Comparison, facts: ComparisonFacts, language: Language): string {
  const says = comparisonMessages[language];
  const title = says.title(facts.name);
  const forgotten = forgottenIn(comparison, language);
  const shown: [string, string][] = [[says.facts.base, facts.base], [says.facts.tuned, facts.tuned], [says.facts.examples, numberFormats(language).integer(comparison.answers.length)]];
  const body = `<main>
<h1>${escaped(title)}</h1>
<dl>${shown.map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value).replaceAll('/', '/<wbr>')}</dd></div>`).join('')}</dl>
<h2>${says.measures}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${says.measures}"><table><thead><tr><th></th><th scope="col">${says.before}</th><th scope="col">${says.after}</th></tr></thead><tbody>
${measureRows(comparison, language).map(([name, before, after]) => `<tr><th scope="row">${escaped(name)}</th><td>${before}</td><td>${after}</td></tr>`).join('\n')}
</tbody></table></div>
${hasLosses(comparison) ? `<p>${lossNote(facts, language)}</p>\n` : ''}${forgotten === undefined ? '' : `<p>${escaped(forgotten)}</p>\n`}<h2>${says.answers}</h2>
<p>${answersNote(facts, language)}</p>
${comparison.answers.map((answer, i) => questionIn(answer, i + 1, language)).join('\n')}
</main>`;
  return pageFrame({ language, title, style: documentStyle + STYLE, body });
}

function questionIn({ question, expected, base, tuned }: ComparedAnswer, number: number, language: Language): string {
  const says = comparisonMessages[language];
  const answerIn = (name: string, { text, isExact, endsByItself }: ShownAnswer): string => {
    const marks = [...(isExact ? [`<i class="right">✓ ${says.isRight}</i>`] : []), ...(endsByItself ? [] : [`<i>${says.cut}</i>`])].join(' ');
    return `<div><b>${name}</b> ${marks}<pre>${escaped(text)}</pre></div>`;
  };
  return `<section class="question"><h3>${says.question} ${number}</h3><pre>${escaped(question)}</pre>
<div class="answers">${answerIn(says.before, base)}${answerIn(says.after, tuned)}</div>
${expected.length === 0 ? '' : `<p>${says.expected}: ${escaped(expected.join(' / '))}</p>`}</section>`;
}

const STYLE = `
dl{grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}
tbody th{text-align:left;font-weight:400}
h3{font-size:1rem;margin:1rem 0 .25rem}
.question{border-top:1px solid var(--line)}
.answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:0 1rem}
.answers i{color:var(--quiet);font-style:normal;font-size:.9rem}
.answers .right{color:var(--c2);font-weight:600}
@media print{.question{break-inside:avoid}}`;
