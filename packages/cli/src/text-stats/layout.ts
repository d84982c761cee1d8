// The layout of reports: side by side if the terminal is wide enough, otherwise one below the other; and two plots.
import Table from 'cli-table3';
import { type NumberFormats } from '../terminal/numbers.js';
import { plot } from '../terminal/plot.js';
import { factTable, noLines } from '../terminal/table.js';
import { type Colors, type Terminal } from '../terminal/terminal.js';
import { padEnd, truncate, wrap } from '../terminal/text.js';
import { type StatsMessages } from './messages.js';
import { type Report } from './report.js';
import { DOUBTFUL, rowsOf, SHOWN_BEFORE, type RowGroup } from './rows.js';

const NARROWEST_VALUE = 9;
const PLOT_HEIGHT = 12;
const MOST_POINTS = 120;

export interface LayoutOptions {
  terminal: Terminal;
  say: StatsMessages;
  numbers: NumberFormats;
  /** The names of the texts, in order. */
  names: readonly string[];
}

/** The letter of a text, in the table and in the plots. */
const letter = (at: number): string => String.fromCharCode(65 + (at % 26));

const paints = (colors: Colors): ((text: string) => string)[] => [colors.cyan, colors.yellow, colors.magenta, colors.green, colors.blue, colors.red];

export function showReports(reports: readonly Report[], { terminal, say, numbers, names }: LayoutOptions): void {
  const { colors, columns } = terminal;
  const groups = rowsOf(reports, say, numbers);
  const labelWidth = Math.max(...groups.flatMap(({ rows }) => rows.map(({ label }) => label.length))) + 2;
  const valueWidth = Math.floor((columns - labelWidth - 1) / reports.length);
  const paint = paints(colors);
  const heads = names.map((name, at) => paint[at % paint.length](colors.bold(names.length === 1 ? name : `${letter(at)} ${name}`)));
  if (valueWidth >= NARROWEST_VALUE) {
    terminal.print(sideBySide(groups, heads, labelWidth, Math.min(valueWidth, 16), colors));
  } else {
    for (const [at, head] of heads.entries()) {
      if (at > 0) terminal.print();
      terminal.print(` ${head}`);
      for (const { heading, rows } of groups) {
        terminal.print(` ${colors.bold(heading)}`);
        terminal.print(factTable(rows.filter(({ values }) => values[at] !== '').map(({ label, values }) => [padEnd(label, labelWidth - 2), values[at]] as const), terminal));
      }
    }
  }
  const { unit, orders } = reports[0].entropy;
  const shown = SHOWN_BEFORE.filter((before) => before > 0 && before < orders.length).at(-1);
  if (shown !== undefined) terminal.print(colors.dim(wrap(say.order(shown, unit), columns - 1, 1)));
  if (groups.some(({ rows }) => rows.some(({ values }) => values.some((value) => value.startsWith(DOUBTFUL))))) terminal.print(colors.dim(wrap(say.tooLow, columns - 1, 1)));
  const lengths = reports.map(({ zlib }) => zlib.characters);
  if (Math.max(...lengths) > 2 * Math.min(...lengths)) terminal.print(colors.dim(wrap(say.lengthsDiffer, columns - 1, 1)));
  showPlots(reports, { terminal, say, numbers });
}

function sideBySide(groups: readonly RowGroup[], heads: readonly string[], labelWidth: number, valueWidth: number, colors: Colors): string {
  const table = new Table({
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 0, compact: true },
    colWidths: [labelWidth, ...heads.map(() => valueWidth)],
    colAligns: ['left', ...heads.map(() => 'right' as const)],
  });
  table.push(['', ...heads]);
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

function showPlots(reports: readonly Report[], { terminal, say, numbers }: Omit<LayoutOptions, 'names'>): void {
  const { colors, columns } = terminal;
  const paint = paints(colors);
  const marks = reports.map((_, at) => (reports.length === 1 ? '•' : letter(at)));
  const size = { columns: columns - 2, height: PLOT_HEIGHT };
  const show = (heading: string, picture: string): void => {
    if (picture === '') return;
    terminal.print();
    terminal.print(colors.bold(wrap(heading, columns - 1, 1)));
    terminal.print(picture.replace(/^/gm, ' '));
  };
  show(
    say.zipfPlot,
    plot(
      reports.map(({ zipf }, at) => ({ mark: marks[at], paint: paint[at % paint.length], points: thinned(zipf.frequencies).map((rank) => [rank, zipf.frequencies[rank - 1] / zipf.tokens] as const) })),
      { ...size, logX: true, logY: true, labelX: (rank) => numbers.integer(Math.round(rank)), labelY: (share) => numbers.percent(share, share < 0.001 ? 4 : 2) },
    ),
  );
  show(
    say.entropyPlot(reports[0].entropy.unit),
    plot(
      reports.map(({ entropy }, at) => ({ mark: marks[at], joined: true, paint: paint[at % paint.length], points: entropy.orders.map(({ order, conditionalCorrected }) => [order - 1, conditionalCorrected] as const) })),
      { ...size, labelX: (before) => numbers.integer(before), labelY: (bits) => numbers.decimal(bits, 1) },
    ),
  );
}

/** Ranks at even distances on a logarithmic axis, without duplicates. */
function thinned(frequencies: readonly number[]): number[] {
  const last = Math.log(frequencies.length);
  return [...new Set(Array.from({ length: MOST_POINTS }, (_, at) => Math.round(Math.exp((at / (MOST_POINTS - 1)) * last))))].filter((rank) => rank >= 1 && rank <= frequencies.length);
}

/** File names without folders and extensions, if that distinguishes them; otherwise the whole paths. */
export function shortNames(paths: readonly string[], most: number): string[] {
  const names = paths.map((path) => path.replace(/^.*[/\\]/, '').replace(/(?<=.)\.[^.]*$/, ''));
  const chosen = new Set(names).size === names.length ? names : [...paths];
  return chosen.map((name) => truncate(name, most));
}
