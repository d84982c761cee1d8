// A report of a training run as one HTML file that needs no other: no script, no network. Light or dark as the reader's system is.
import type { Language } from '@kk/corpora';
import { escaped } from '../../embed/map/svg.js';
import { documentStyle } from '../../pages/document-style.js';
import { pageFrame } from '../../pages/frame.js';
import { numberFormats } from '../../terminal/numbers.js';
import { type Chart, type ChartSeries, chartSvg } from './chart.js';
import { reportMessages } from './messages.js';
import type { HistoryPoint, RunHistory } from './run-history.js';

export interface ReportFacts {
  /** What was trained on, or the model's folder. */
  readonly name: string;
  /** `GPT, 4 layers, ...` */
  readonly model: string;
  readonly parameters: number;
  readonly device: string;
  /** Steps of the run so far. */
  readonly steps: number;
  /** Tokens of the steps that the history has. */
  readonly tokens: number;
  readonly seconds: number;
  /** Nats per token at the end; null where it was not measured. */
  readonly trainLoss: number | null;
  readonly valLoss: number | null;
  readonly bitsPerByte: number | null;
  /** The entropy of the text in nats per token, where it is known. */
  readonly floor: number | undefined;
  /** Steps that were done before this history. */
  readonly resumedAfter: number | undefined;
}

const MOST_ROWS = 40;

/** The text of an HTML file. */
export function reportPage(history: RunHistory, facts: ReportFacts, language: Language): string {
  const says = reportMessages[language];
  const numbers = numberFormats(language);
  const { points } = history;
  const title = says.title(facts.name);
  const shared = { stepLabel: says.step, formatStep: (step: number) => numbers.integer(step) };
  const column = (name: string, colour: number, value: (point: HistoryPoint) => number): ChartSeries => ({ name, colour, points: points.map((point) => [point.step, value(point)]) });
  const charts: Chart[] = [
    {
      ...shared,
      title: `${says.loss}, ${says.lossUnit}`,
      series: [column(says.training, 0, ({ loss }) => loss), { name: says.validation, colour: 1, dots: true, points: history.validations.map(({ step, loss }) => [step, loss]) }],
      ...(facts.floor === undefined ? {} : { rule: { name: says.floor, value: facts.floor } }),
      formatValue: (value) => numbers.decimal(value, 2),
    },
    { ...shared, title: says.learningRate, series: [column(says.learningRate, 2, ({ learningRate }) => learningRate)], formatValue: small(numbers.decimal) },
    { ...shared, title: says.gradientNorm, logarithmic: true, series: [column(says.gradientNorm, 3, ({ gradientNorm }) => gradientNorm)], formatValue: small(numbers.decimal) },
    { ...shared, title: says.speed, series: [column(says.speed, 4, ({ tokensPerSecond }) => tokensPerSecond)], formatValue: (value) => numbers.integer(value) },
  ];
  const figures = charts.map((chart) => {
    const svg = chartSvg(chart);
    return svg === '' ? '' : `<figure><figcaption>${escaped(chart.title)}${legend(chart)}</figcaption>${svg}</figure>`;
  });
  const body = `<main>
<h1>${escaped(title)}</h1>
${facts.resumedAfter === undefined ? '' : `<p>${escaped(says.resumed(numbers.integer(facts.resumedAfter)))}</p>\n`}<dl>${factsOf(facts, language).map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>
<div class="charts">
${figures.join('\n')}
</div>
${facts.floor === undefined ? '' : `<p>${escaped(says.floorNote)}</p>\n`}<h2>${says.samples}</h2>
${samplesOf(history, language)}
${tableOf(points, language)}
</main>`;
  return pageFrame({ language, title, style: documentStyle, body });
}

/** Small numbers with the digits that they need. */
const small = (decimal: (value: number, digits?: number) => string) => (value: number): string => {
  const digits = value === 0 || value >= 10 ? 0 : Math.min(20, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value)))));
  return decimal(Number(value.toPrecision(2)), digits).replace(/([.,]\d*?)0+$/, '$1').replace(/[.,]$/, '');
};

/** Names the lines of a chart that has several. */
function legend({ series, rule }: Chart): string {
  const drawn = series.filter(({ points }) => points.length > 0);
  if (drawn.length + (rule ? 1 : 0) < 2) return '';
  const names = [...drawn.map(({ name, colour }) => `<span class="c${colour}"><i></i>${escaped(name)}</span>`), ...(rule ? [`<span class="dash"><i></i>${escaped(rule.name)}</span>`] : [])];
  return `<span class="legend">${names.join('')}</span>`;
}

function factsOf(facts: ReportFacts, language: Language): [string, string][] {
  const { facts: names, backend } = reportMessages[language];
  const numbers = numberFormats(language);
  const rows: [string, string | null][] = [
    [names.valLoss, facts.valLoss === null ? null : numbers.decimal(facts.valLoss, 3)],
    [names.trainLoss, facts.trainLoss === null ? null : numbers.decimal(facts.trainLoss, 3)],
    [reportMessages[language].floor, facts.floor === undefined ? null : numbers.decimal(facts.floor, 3)],
    [names.bitsPerByte, facts.bitsPerByte === null ? null : numbers.decimal(facts.bitsPerByte, 3)],
    [names.steps, numbers.integer(facts.steps)],
    [names.tokens, numbers.integer(facts.tokens)],
    [names.time, numbers.duration(facts.seconds)],
    [names.parameters, numbers.integer(facts.parameters)],
    [names.model, facts.model],
    [names.device, backend(facts.device)],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

function samplesOf({ samples }: RunHistory, language: Language): string {
  const says = reportMessages[language];
  if (samples.length === 0) return `<p>${escaped(says.noSamples)}</p>`;
  const numbers = numberFormats(language);
  return `<p>${says.samplesNote}</p>\n<ol>${samples.map(({ step, text }) => `<li><b>${says.step} ${numbers.integer(step)}</b><pre>${escaped(text)}</pre></li>`).join('')}</ol>`;
}

/** The numbers behind the charts, for those who cannot see them, or want to copy them. */
function tableOf(points: readonly HistoryPoint[], language: Language): string {
  const says = reportMessages[language];
  const numbers = numberFormats(language);
  const every = Math.ceil(points.length / MOST_ROWS);
  const rows = points.filter((_, i) => i % every === 0 || i === points.length - 1);
  const between = points.length > 1 ? points[1]!.step - points[0]!.step : 1;
  const cells = rows.map(({ step, loss, learningRate, gradientNorm, tokensPerSecond }) => [numbers.integer(step), numbers.decimal(loss, 3), learningRate.toExponential(2).replace('.', language === 'de' ? ',' : '.'), numbers.decimal(gradientNorm, 3), numbers.integer(tokensPerSecond)]);
  const heads = [says.step, says.loss, says.learningRate, says.gradientNorm, says.speed];
  return `<details><summary>${says.numbers}</summary>${between > 1 ? `<p>${escaped(says.means(numbers.integer(between)))}</p>` : ''}
<div class="scroll" tabindex="0" role="region" aria-label="${says.numbers}"><table><thead><tr>${heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join('')}</tr></thead><tbody>${cells.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('')}</tbody></table></div></details>`;
}
