// The loss over the steps of training as a line chart, between what guessing costs and what nobody can go below.
import * as asciichart from 'asciichart';
import { type Colors } from './terminal.js';
import { type NumberFormats } from './numbers.js';

export interface LossCurve {
  /** Loss per step in nats, in order. */
  losses: readonly number[];
  /** Loss of pure guessing, ln(vocabulary size). */
  guessing?: number;
  /** The least loss that is possible, where it is known. */
  floor?: number;
}

export interface LossCurveOptions {
  columns: number;
  /** Lines of the chart, without the legend. */
  height: number;
  numbers: NumberFormats;
  colors: Colors;
}

// Room for the numbers at the axis, and the axis itself: ` 10.25 ┤`.
const LABEL = 7;
const AXIS = LABEL + 1;

/** @returns the lines of the chart, or an empty text while there is nothing to draw */
export function lossCurve({ losses, guessing, floor }: LossCurve, { columns, height, numbers, colors }: LossCurveOptions): string {
  const width = Math.max(2, columns - AXIS);
  const curve = resample(losses, width);
  if (curve.length === 0) return '';
  const horizontal = (value: number | undefined): number[] | undefined => (value === undefined ? undefined : new Array<number>(width).fill(value));
  // Drawn in this order, so that the curve lies above the lines.
  const series = [
    { values: horizontal(guessing), color: asciichart.darkgray },
    { values: horizontal(floor), color: asciichart.green },
    { values: curve, color: asciichart.lightcyan },
  ].filter((line): line is { values: number[]; color: string } => line.values !== undefined);
  const label = (value: number): string => numbers.decimal(value, 2).padStart(LABEL - 1) + ' ';
  const chart = asciichart.plot(
    series.map(({ values }) => values),
    {
      height: height - 1,
      offset: 2,
      // The axis ends at the floor, so that its number stands there exactly; without one, at the loss of a perfect guess.
      min: Math.min(floor ?? 0, ...curve),
      format: label,
      colors: colors.isColorSupported ? series.map(({ color }) => color) : undefined,
    },
  );
  return chart
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/**
 * A series squeezed into at most `width` points, each the mean of its share; a shorter one is stretched by repeating points.
 * Not finite values are left out.
 */
export function resample(values: readonly number[], width: number): number[] {
  const finite = values.filter((value) => Number.isFinite(value));
  const points: number[] = [];
  for (let x = 0; x < width && finite.length > 0; x++) {
    const from = Math.min(finite.length - 1, Math.floor((x * finite.length) / width));
    const to = Math.max(from + 1, Math.floor(((x + 1) * finite.length) / width));
    const part = finite.slice(from, to);
    points.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  return points;
}
