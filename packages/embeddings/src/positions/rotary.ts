// Makes pictures of rotary positions. The angles themselves are made in @kk/attention, which turns queries and keys by them.
import { rotaryAngles, type RotaryFrequencyOptions } from '@kk/attention';
import type { PositionPlot } from './position-plot.js';

/** How each pair turns: the cosine of its angle at each position. The first pairs are fast hands of a clock, the last ones slow. */
export function rotaryPlot(length: number, dimension: number, options: RotaryFrequencyOptions = {}): PositionPlot {
  const pairs = dimension / 2;
  const angles = rotaryAngles(length, dimension, options);
  const values = Float32Array.from({ length: length * pairs }, (_, at) => Math.cos(angles[(at % length) * pairs + Math.floor(at / length)]));
  return { rowName: 'pair', columnName: 'position', valueName: 'cosine of the angle', rows: pairs, columns: length, values, range: [-1, 1] };
}

/**
 * How much a query and a key can agree at a distance: the mean of |S_j|, where S_j adds the first j pairs turned by the distance, divided by
 * its value at distance 0 (Su et al. 2021, section 3.4.3: the long-term decay).
 * @returns one row of `length` distances, from 1 down
 */
export function rotaryDecayPlot(length: number, dimension: number, options: RotaryFrequencyOptions = {}): PositionPlot {
  const pairs = dimension / 2;
  const angles = rotaryAngles(length, dimension, options);
  const sums = Array.from({ length }, (_, distance) => {
    let [real, imaginary, total] = [0, 0, 0];
    for (let pair = 0; pair < pairs; pair++) {
      real += Math.cos(angles[distance * pairs + pair]);
      imaginary += Math.sin(angles[distance * pairs + pair]);
      total += Math.hypot(real, imaginary);
    }
    return total;
  });
  return { rowName: 'bound', columnName: 'distance', valueName: 'share of the bound at distance 0', rows: 1, columns: length, values: Float32Array.from(sums, (sum) => sum / sums[0]), range: [0, 1] };
}
