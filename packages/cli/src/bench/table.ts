// Shows the results of `kk bench` as text: a table if the terminal is wide enough, otherwise one line per row.
import Table from 'cli-table3';
import type { NumberFormats } from '../terminal/numbers.js';
import { factTable, noLines } from '../terminal/table.js';
import type { Terminal } from '../terminal/terminal.js';
import type { BenchReport } from './measurements.js';

/** One measurement. Values that do not apply are undefined; a share that is not meaningful is null. */
interface Row {
  name: string;
  milliseconds?: number;
  tokensPerSecond?: number;
  gigaflops?: number;
  gigabytesPerSecond?: number;
  share?: number | null;
}

const LEAST_COLUMNS = 60;

export function benchTable(report: BenchReport, numbers: NumberFormats, { colors, columns }: Pick<Terminal, 'colors' | 'columns'>): string {
  const rows = rowsOf(report, numbers);
  if (columns < LEAST_COLUMNS) return factTable(rows.map((row) => [row.name, inWords(row, numbers)]), { colors, columns });
  const table = new Table({
    head: ['', 'time', 'tokens/s', 'GFLOP/s', 'GB/s', 'of peak'].map((title) => colors.dim(title)),
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 2, compact: true },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
  });
  const orBlank = (value: number | null | undefined, format: (value: number) => string): string => (value === undefined || value === null ? '' : format(value));
  for (const { name, milliseconds, tokensPerSecond, gigaflops, gigabytesPerSecond, share } of rows) {
    table.push([
      name,
      orBlank(milliseconds, (value) => time(value, numbers)),
      orBlank(tokensPerSecond, numbers.integer),
      orBlank(gigaflops, (value) => numbers.decimal(value, 1)),
      orBlank(gigabytesPerSecond, (value) => numbers.decimal(value, 1)),
      orBlank(share, numbers.percent),
    ]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function rowsOf({ peak, matmul, training, decode }: BenchReport, numbers: NumberFormats): Row[] {
  return [
    ...(peak ? [{ name: 'peak', gigaflops: peak.gigaflops, gigabytesPerSecond: peak.gigabytesPerSecond }] : []),
    ...matmul.map(({ side, peakShare, ...figures }) => ({ name: `matmul ${side}`, ...figures, share: peakShare })),
    { name: 'training step', ...training, share: training.peakShare },
    ...decode.map(({ parameters, bandwidthShare, ...figures }) => ({ name: `decode ${millions(parameters, numbers)}`, ...figures, share: bandwidthShare })),
  ];
}

/** For example `80.1 GFLOP/s, 71% of peak, 0.42 ms`. */
function inWords({ milliseconds, tokensPerSecond, gigaflops, gigabytesPerSecond, share }: Row, numbers: NumberFormats): string {
  const words = [];
  if (tokensPerSecond !== undefined) words.push(`${numbers.integer(tokensPerSecond)} tokens/s`);
  if (gigaflops !== undefined) words.push(`${numbers.decimal(gigaflops, 1)} GFLOP/s`);
  if (gigabytesPerSecond !== undefined) words.push(`${numbers.decimal(gigabytesPerSecond, 1)} GB/s`);
  if (typeof share === 'number') words.push(`${numbers.percent(share)} of peak`);
  if (milliseconds !== undefined) words.push(time(milliseconds, numbers));
  return words.map((word) => word.replaceAll(' ', '\u00a0')).join(', ');
}

/** Three significant digits, or all digits before the decimal point. */
function time(milliseconds: number, numbers: NumberFormats): string {
  return `${numbers.decimal(milliseconds, milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0)} ms`;
}

/** 0.8M, 23M */
export function millions(count: number, numbers: NumberFormats): string {
  return `${numbers.decimal(count / 1e6, count < 10e6 ? 1 : 0)}M`;
}
