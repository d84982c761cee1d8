// Draws a chart as SVG text, without a DOM: scales and paths are d3's. Colours and fonts come from the page's CSS.
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { escaped } from '../../embed/map/svg.js';

export interface ChartSeries {
  /** What a screen reader is told, and the legend says. */
  readonly name: string;
  /** The number of its colour. */
  readonly colour: number;
  /** Each value with a dot, for few of them. */
  readonly dots?: boolean;
  readonly points: readonly (readonly [step: number, value: number])[];
}

export interface Chart {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  /** A value that is drawn as a dashed line from side to side. */
  readonly rule?: { readonly name: string; readonly value: number };
  /** Whether the values have a logarithmic axis; those that are not above 0 are left out. */
  readonly logarithmic?: boolean;
  readonly stepLabel: string;
  readonly formatStep: (step: number) => string;
  readonly formatValue: (value: number) => string;
}

/** As wide as a phone, so that text has its size there; on larger screens charts stand beside each other. */
const WIDTH = 400;
const HEIGHT = 240;
const MARGIN = { left: 56, right: 12, top: 10, bottom: 42 };
const MOST_TICKS = 6;

/** The text of an `<svg>`; empty where there is nothing to draw. */
export function chartSvg({ title, series, rule, logarithmic = false, stepLabel, formatStep, formatValue }: Chart): string {
  const drawn = series.map((one) => ({ ...one, points: one.points.filter(([, value]) => Number.isFinite(value) && (!logarithmic || value > 0)) }));
  const all = drawn.flatMap(({ points }) => points);
  if (all.length === 0) return '';
  const [firstStep, lastStep] = extent(all.map(([step]) => step));
  const x = scaleLinear([firstStep, lastStep === firstStep ? firstStep + 1 : lastStep], [MARGIN.left, WIDTH - MARGIN.right]);
  const [least, most] = extent([...all.map(([, value]) => value), ...(rule ? [rule.value] : [])]);
  const spread: [number, number] = least === most ? [least * 0.9, most * 1.1 || 1] : [least, most];
  const y = (logarithmic ? scaleLog() : scaleLinear()).domain(spread).range([HEIGHT - MARGIN.bottom, MARGIN.top]).nice();
  const ticks = logarithmic ? roundTicks(y.ticks()) : y.ticks(5);
  const path = line<readonly [number, number]>((point) => x(point[0]), (point) => y(point[1]));
  const grid = ticks.map((tick) => `<path class="grid" d="M${MARGIN.left} ${round(y(tick))}H${WIDTH - MARGIN.right}"/><text x="${MARGIN.left - 6}" y="${round(y(tick) + 4)}" text-anchor="end">${escaped(formatValue(tick))}</text>`);
  const steps = x.ticks(4).filter(Number.isInteger).map((tick) => `<text x="${round(x(tick))}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${escaped(formatStep(tick))}</text>`);
  const lines = drawn.map(({ name, colour, dots, points }) => {
    const circles = dots ? points.map(([step, value]) => `<circle cx="${round(x(step))}" cy="${round(y(value))}" r="3"><title>${escaped(`${name}, ${stepLabel} ${formatStep(step)}: ${formatValue(value)}`)}</title></circle>`).join('') : '';
    return `<g class="c${colour}"><path d="${(path.digits(1)(points) ?? '')}"/>${circles}</g>`;
  });
  const dashed = rule ? `<path class="rule" d="M${MARGIN.left} ${round(y(rule.value))}H${WIDTH - MARGIN.right}"/>` : '';
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
${grid.join('')}
${steps.join('')}<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 4}" text-anchor="middle">${escaped(stepLabel)}</text>
${dashed}${lines.join('\n')}
</svg>`;
}

function extent(values: readonly number[]): [least: number, most: number] {
  return values.reduce<[number, number]>(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
}

/** Of a logarithmic axis: 1, 2 and 5 times powers of ten, or the powers alone where those are too many. */
function roundTicks(ticks: readonly number[]): readonly number[] {
  const leading = (tick: number): string => tick.toExponential(0)[0]!;
  for (const digits of ['125', '1']) {
    const some = ticks.filter((tick) => digits.includes(leading(tick)));
    if (some.length >= 2 && some.length <= MOST_TICKS) return some;
  }
  return ticks.filter((_, i) => i % Math.ceil(ticks.length / MOST_TICKS) === 0);
}

const round = (value: number): number => Math.round(value * 10) / 10;
