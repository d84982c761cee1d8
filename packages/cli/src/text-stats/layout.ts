// The layout of reports: side by side if the terminal is wide enough, otherwise one below the other; and two plots.
import Table from 'cli-table3';
import stringWidth from 'string-width';
import { plot, SHARED, type PlotOptions, type Series } from '../terminal/plot.js';
import { factTable, noLines } from '../terminal/table.js';
import type { Colors, Terminal } from '../terminal/terminal.js';
import { padEnd, wrap } from '../terminal/text.js';
import type { StatsMessages } from './messages.js';
import type { Report, Results } from './report.js';
import { DOUBTFUL, notesOf, rowsOf, type RowGroup, type Wording } from './rows.js';

/** The width of a column of values where there is room, with the blank before them. */
const USUAL_WIDTH = 16;
const PLOT_HEIGHT = 12;
const MOST_POINTS = 120;

export interface LayoutOptions extends Wording {
  terminal: Terminal;
  /** The names of the texts, in order. */
  names: readonly string[];
  /** Says below the plots what the figures mean. */
  explain?: boolean;
}

/** The letter of a text, in the table and in the plots. */
const letter = (at: number): string => String.fromCharCode(65 + (at % 26));

const paints = (colors: Colors): ((text: string) => string)[] => [colors.cyan, colors.yellow, colors.magenta, colors.green, colors.blue, colors.red];

export function showReports(reports: readonly Report[], { terminal, names, explain = false, ...wording }: LayoutOptions): void {
  const { colors, columns } = terminal;
  const { say } = wording;
  const groups = rowsOf(reports, wording);
  showTable(groups, names, terminal);
  for (const note of notesOf(reports, wording.language)) terminal.print(colors.dim(wrap(note, columns - 1, 1)));
  if (groups.some(({ rows }) => rows.some(({ values }) => values.some((value) => value.startsWith(DOUBTFUL))))) terminal.print(colors.dim(wrap(say.tooLow, columns - 1, 1)));
  const lengths = reports.map(({ characters }) => characters);
  if (Math.max(...lengths) > 2 * Math.min(...lengths)) terminal.print(colors.dim(wrap(say.lengthsDiffer, columns - 1, 1)));
  if (!explain) terminal.print(colors.dim(wrap(say.explainHint, columns - 1, 1)));
  showPlots(reports, { terminal, ...wording });
  if (explain) showExplanations(groups, say, terminal);
}

/** Side by side if all values fit, otherwise one text below the other. Names that are too long for the table come before it. */
function showTable(groups: readonly RowGroup[], names: readonly string[], terminal: Terminal): void {
  const { colors, columns } = terminal;
  const rows = groups.flatMap((group) => group.rows);
  const labelWidth = Math.max(...rows.map(({ label }) => label.length)) + 2;
  const room = columns - labelWidth - 1;
  const narrowest = Math.max(...rows.flatMap(({ values }) => values.map((value) => stringWidth(value)))) + 1;
  const paint = paints(colors);
  const painted = (head: string, at: number): string => paint[at % paint.length](colors.bold(head));
  const heads = names.map((name, at) => (names.length === 1 ? name : `${letter(at)} ${name}`));
  const widths = columnWidths(heads, narrowest, room);
  if (widths) {
    terminal.print(sideBySide(groups, heads.map(painted), [labelWidth, ...widths], colors));
    return;
  }
  const letters = names.length === 1 ? [''] : names.map((_, at) => letter(at));
  const letterWidths = columnWidths(letters, narrowest, room);
  if (letterWidths) {
    for (const [at, head] of heads.entries()) terminal.print(wrap(painted(head, at), columns - 1, 1));
    terminal.print(sideBySide(groups, letters.map(painted), [labelWidth, ...letterWidths], colors));
    return;
  }
  for (const [at, head] of heads.entries()) {
    if (at > 0) terminal.print();
    terminal.print(wrap(painted(head, at), columns - 1, 1));
    for (const group of groups) {
      terminal.print(` ${colors.bold(group.heading)}`);
      terminal.print(factTable(group.rows.filter(({ values }) => values[at] !== '').map(({ label, values }) => [padEnd(label, labelWidth - 2), values[at]] as const), terminal));
    }
  }
}

/** The widths of columns that hold these heads, the usual ones or narrower; undefined if there is no room for them. */
function columnWidths(heads: readonly string[], narrowest: number, room: number): number[] | undefined {
  const usual = Math.min(USUAL_WIDTH, Math.floor(room / heads.length));
  return [Math.max(narrowest, usual), narrowest].map((least) => heads.map((head) => Math.max(least, stringWidth(head) + 1))).find((widths) => widths.reduce((sum, width) => sum + width) <= room);
}

function sideBySide(groups: readonly RowGroup[], heads: readonly string[], colWidths: number[], colors: Colors): string {
  const table = new Table({
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0, compact: true },
    colWidths,
    colAligns: ['left', ...heads.map(() => 'right' as const)],
  });
  if (heads.some((head) => head !== '')) table.push(['', ...heads]);
  for (const { heading, rows } of groups) {
    table.push([colors.bold(heading), ...heads.map(() => '')]);
    for (const { label, values } of rows) table.push([colors.dim(label), ...values]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function showPlots(reports: readonly Report[], { terminal, say, numbers }: Omit<LayoutOptions, 'names' | 'explain' | 'language'>): void {
  const { colors, columns } = terminal;
  const paint = paints(colors);
  const marks = reports.map((_, at) => (reports.length === 1 ? '•' : letter(at)));
  const size = { columns: columns - 2, height: PLOT_HEIGHT };
  const show = (heading: string, series: readonly Series[], axes: Omit<PlotOptions, 'columns' | 'height'>): void => {
    if (!hasShape(series)) return;
    const picture = plot(series, { ...size, ...axes });
    terminal.print();
    terminal.print(colors.bold(wrap(heading, columns - 1, 1)));
    terminal.print(picture.replace(/^/gm, ' '));
    if (picture.includes(SHARED)) terminal.print(colors.dim(wrap(say.shared(SHARED), columns - 1, 1)));
  };
  /** The curves of the texts that have this result. */
  const curves = <Name extends keyof Results>(name: Name, curve: (result: NonNullable<Results[Name]>) => Omit<Series, 'mark' | 'paint'>): Series[] =>
    reports.flatMap(({ results: { [name]: result } }, at) => (result === undefined ? [] : [{ mark: marks[at], paint: paint[at % paint.length], ...curve(result) }]));
  show(
    say.zipfPlot,
    curves('zipf', ({ frequencies, tokens }) => ({ points: thinned(frequencies).map((rank) => [rank, frequencies[rank - 1] / tokens] as const) })),
    { logX: true, logY: true, labelX: (rank) => numbers.integer(Math.round(rank)), labelY: (share) => numbers.percent(share, share < 0.001 ? 4 : 2) },
  );
  const unit = reports[0].results.entropy?.unit;
  if (unit === undefined) return;
  show(
    say.entropyPlot(unit),
    curves('entropy', ({ orders }) => ({ joined: true, points: orders.map(({ order, conditionalCorrected }) => [order - 1, conditionalCorrected] as const) })),
    { labelX: (before) => numbers.integer(before), labelY: (bits) => numbers.decimal(bits, 1) },
  );
}

/** Whether there is something to see: points that differ in both directions. */
function hasShape(series: readonly Series[]): boolean {
  const points = series.flatMap((one) => one.points).filter((point) => point.every(Number.isFinite));
  return [0, 1].every((axis) => points.some((point) => point[axis] !== points[0][axis]));
}

function showExplanations(groups: readonly RowGroup[], say: StatsMessages, terminal: Terminal): void {
  const { colors, columns } = terminal;
  terminal.print();
  terminal.print(colors.bold(wrap(say.explainHeading, columns - 1, 1)));
  for (const { heading, explanation, rows } of groups) {
    for (const { label, explanation: text } of [{ label: heading, explanation }, ...rows]) {
      if (text !== undefined) terminal.print(wrap(`${label}: ${colors.dim(text)}`, columns - 1, 1));
    }
  }
}

/** Ranks at even distances on a logarithmic axis, without duplicates. */
function thinned(frequencies: readonly number[]): number[] {
  const last = Math.log(frequencies.length);
  return [...new Set(Array.from({ length: MOST_POINTS }, (_, at) => Math.round(Math.exp((at / (MOST_POINTS - 1)) * last))))].filter((rank) => rank >= 1 && rank <= frequencies.length);
}

/** File names without folders and extensions, if that distinguishes them; otherwise the whole paths. */
export function shortNames(paths: readonly string[]): string[] {
  const names = paths.map((path) => path.replace(/^.*[/\\]/, '').replace(/(?<=.)\.[^.]*$/, ''));
  return new Set(names).size === names.length ? names : [...paths];
}
