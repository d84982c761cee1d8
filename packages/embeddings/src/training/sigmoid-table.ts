// The logistic function 1 / (1 + e^-x) and its loss, ln(1 + e^-x), as tables for the kernels, which go in a line between two points.
import { exponential, naturalLog } from './exact-math.js';

/** The table goes from -END to END. */
const END = 16;
const POINTS_PER_UNIT = 64;

/** The function at each point, then the loss at each point: 2 * 2049 numbers. assembly/training/logistic.ts reads it. */
export function sigmoidTable(): Float32Array {
  const points = 2 * END * POINTS_PER_UNIT + 1;
  const table = new Float32Array(2 * points);
  for (let i = 0; i < points; i++) {
    const x = i / POINTS_PER_UNIT - END;
    const inverse = 1 + exponential(-x);
    table[i] = 1 / inverse;
    table[points + i] = naturalLog(inverse);
  }
  return table;
}
