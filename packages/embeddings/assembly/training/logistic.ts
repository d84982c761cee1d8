// The logistic function and its loss from a table, linear between its points: an error below 1e-5.
import { sigmoid } from './settings';

/** The table goes from -16 to 16 with 64 points per unit: first the logistic function, then -ln of it. */
const POINTS_PER_UNIT: f32 = 64;
const END: f32 = 16;
const INTERVALS: i32 = 2048;
const LOSSES: usize = (INTERVALS + 1) * 4;

/** The losses of all examples since `takeLoss`. */
let sumOfLosses: f64 = 0;

export function takeLoss(): f64 {
  const sum = sumOfLosses;
  sumOfLosses = 0;
  return sum;
}

/**
 * rate * (label - 1 / (1 + exp(-x))), the step for a score x. Beyond -16 and 16 the function is at its end.
 * Adds the loss: -ln of the logistic function of x for label 1, of -x for label 0.
 */
// @ts-ignore: decorator
@inline
export function logisticStep(x: f32, label: f32, rate: f32): f32 {
  const place = max(min(x, END), -END) * POINTS_PER_UNIT + END * POINTS_PER_UNIT;
  // Not a number fails the comparison, so that nothing is read outside of the table; the result is not a number either.
  const interval = place < f32(INTERVALS) ? i32(place) : INTERVALS - 1;
  const share = place - f32(interval);
  const at = sigmoid + (usize(interval) << 2);
  const low = load<f32>(at);
  const probability = low + share * (load<f32>(at, 4) - low);
  const lowLoss = load<f32>(at, LOSSES);
  const loss = lowLoss + share * (load<f32>(at, LOSSES + 4) - lowLoss);
  // -ln(logistic(-x)) = x - ln(logistic(x))
  sumOfLosses += f64(label == 1 ? loss : loss + (place - END * POINTS_PER_UNIT) / POINTS_PER_UNIT);
  return rate * (label - probability);
}
