// Draws the loss over the training steps as a line chart, between the loss of pure guessing and the lowest possible loss.
import * as asciichart from 'asciichart';
import type { Colors } from './terminal.js';
import type { NumberFormats } from './numbers.js';

export interface LossCurve {
  /** Loss per step in nats, in order. */
  losses: readonly number[];
  /** Loss of pure guessing, ln(vocabulary size). */
  guessing?: number;
  /** The lowest possible loss, if known. */
  floor?: number;
}

export interface LossCurveOptions {
  columns: number;
  /** Lines of the chart, without the legend. */
  height: number;
  numbers: NumberFormats;
  colors: Colors;
}

// The width of the axis with its numbers: ` 10.25 ┤`.
const LABEL = 7;
const AXIS = LABEL + 1;

/** What the lines are. The straight one is not always the top: a training may begin worse than guessing. */
export const lossCaption = (guessing: number, numbers: NumberFormats): string => `The straight line at ${numbers.decimal(guessing, 2)} is pure guessing, ln(vocabulary). Loss in nats per token.`;

/** @returns the lines of the chart, or an empty string if there is nothing to draw */
export function lossCurve({ losses, guessing, floor }: LossCurve, { columns, height, numbers, colors }: LossCurveOptions): string {
  const width = Math.max(2, columns - AXIS);
  const curve = resample(losses, width);
  if (curve.length === 0) return '';
  const horizontal = (value: number | undefined): number[] | undefined => (value === undefined ? undefined : new Array<number>(width).fill(value));
  // Drawn in this order, so that the curve covers the other lines.
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
      // The axis ends at the floor, so that its number is exact; without a floor it ends at 0, the loss of a perfect prediction.
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
 * Reduces a series to at most `width` points, each the mean of its part; a shorter series is extended by repeating points. Values that are
 * not finite are dropped.
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
