// Plots several series in one picture, each with its own letter, so that they can be distinguished without colours.
import { padStart } from './text.js';

export interface Series {
  /** One character. */
  mark: string;
  points: readonly (readonly [x: number, y: number])[];
  /** Draws a dotted line from point to point. */
  joined?: boolean;
  /** Colours a mark. */
  paint?: (text: string) => string;
}

export interface PlotOptions {
  /** The total width, in characters. */
  columns: number;
  /** The number of lines, without the x axis. */
  height: number;
  logX?: boolean;
  logY?: boolean;
  /** The labels at the ends of the axes. */
  labelX: (value: number) => string;
  labelY: (value: number) => string;
}

/** The mark of a place where points of several series lie. */
export const SHARED = '+';

/**
 * Points of several series in one place are drawn as `SHARED`. Labels that would repeat another one of their axis are left out. Points that are not finite, or not positive on a logarithmic axis, are dropped.
 * @returns the lines of the picture, or an empty string if there is nothing to draw
 */
export function plot(series: readonly Series[], { columns, height, logX = false, logY = false, labelX, labelY }: PlotOptions): string {
  const scaled = series.map(({ points, ...rest }) => ({ ...rest, points: points.map(([x, y]) => [logX ? Math.log(x) : x, logY ? Math.log(y) : y] as const).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)) }));
  const all = scaled.flatMap(({ points }) => points);
  if (all.length === 0) return '';
  const [lowX, highX] = rangeOf(all.map(([x]) => x));
  const [lowY, highY] = rangeOf(all.map(([, y]) => y));
  const value = (scale: number, logarithmic: boolean): number => (logarithmic ? Math.exp(scale) : scale);
  const [bottom, half, top] = withoutRepeats([lowY, (lowY + highY) / 2, highY].map((y) => labelY(value(y, logY))));
  const margin = Math.max(...[bottom, half, top].map((label) => label.length)) + 2;
  const width = Math.max(8, columns - margin);
  const cells = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
  const place = (at: number, low: number, high: number, size: number): number => (high === low ? 0 : Math.round(((at - low) / (high - low)) * (size - 1)));
  const drawn = scaled.map(({ points, ...rest }) => ({ ...rest, at: points.map(([x, y]) => [place(x, lowX, highX, width), height - 1 - place(y, lowY, highY, height)] as const) }));
  // All lines come before all marks, which no line may hide. Of lines that meet, the first one stays visible.
  for (const { at, joined = false, paint = unpainted } of [...drawn].reverse()) {
    if (joined) for (let i = 1; i < at.length; i++) between(at[i - 1], at[i], (column, line) => (cells[line][column] = paint('·')));
  }
  const owners = new Map<number, string>();
  for (const { mark, at, paint = unpainted } of drawn) {
    for (const [column, line] of at) {
      const cell = line * width + column;
      const owner = owners.get(cell) ?? mark;
      owners.set(cell, owner);
      cells[line][column] = owner === mark ? paint(mark) : SHARED;
    }
  }
  const middle = Math.floor((height - 1) / 2);
  const lines = cells.map((line, at) => {
    const label = at === 0 ? top : at === height - 1 ? bottom : at === middle ? half : '';
    return `${padStart(label, margin - 2)} ${label === '' ? '│' : '┤'}${line.join('')}`.trimEnd();
  });
  const [left, right] = withoutRepeats([lowX, highX].map((x) => labelX(value(x, logX))));
  return [...lines, `${' '.repeat(margin)}${left}${padStart(right, Math.max(1, width - left.length))}`.trimEnd()].join('\n');
}

const unpainted = (text: string): string => text;

/** The labels, with an empty text instead of one that came before. */
const withoutRepeats = (labels: readonly string[]): string[] => labels.map((label, at) => (labels.indexOf(label) < at ? '' : label));

/** Visits the cells of a straight line, without its ends. */
function between([fromColumn, fromLine]: readonly [number, number], [toColumn, toLine]: readonly [number, number], visit: (column: number, line: number) => void): void {
  const steps = Math.max(Math.abs(toColumn - fromColumn), Math.abs(toLine - fromLine));
  for (let step = 1; step < steps; step++) visit(Math.round(fromColumn + ((toColumn - fromColumn) * step) / steps), Math.round(fromLine + ((toLine - fromLine) * step) / steps));
}

// Math.min(...values) would fail for many values.
function rangeOf(values: readonly number[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
