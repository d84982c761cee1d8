// Updates parameters once. An invocation writes one number, so AdamW is three shaders, each of which computes from the old
// parameter and moments what it needs. `factor` (1) multiplies the gradient when hasFactor = 1, otherwise it is 0; when it is
// negative, nothing changes. All others are (size).
import type { Float, Int, Invocation, Vector } from './language.js';

/** Comparisons with what is not a number are false; 3.4e38 is next to the largest float32. */
function isSound(total: Float, loss: Float, maxLoss: Float): Float {
  if (total < 3.4e38 && loss > -3.4e38 && loss <= maxLoss) return 1;
  return -1;
}

/** factor (1) = min(1, maxNorm / (sqrt(total (1)) + 1e-6)) (Pascanu et al. 2013); -1 when total or loss (1; 0 if absent) is not finite, or loss > maxLoss */
export function clipFactor(this: Invocation, total: Vector, loss: Vector, maxNorm: Float, maxLoss: Float): Float {
  const sound = isSound(total[0], loss[0], maxLoss);
  return chosen(Math.min(1, maxNorm / (Math.sqrt(total[0]) + 0.000001)), -1, sound);
}

/** `value`, or `otherwise` where `condition` is negative. */
function chosen(value: Float, otherwise: Float, condition: Float): Float {
  if (condition < 0) return otherwise;
  return value;
}

/** The gradient after clipping. */
function clipped(gradient: Float, factor: Float, hasFactor: Int): Float {
  if (hasFactor > 0) return gradient * factor;
  return gradient;
}

/** beta * moment + rest * value, where rest = 1 - beta */
function blended(moment: Float, value: Float, beta: Float, rest: Float): Float {
  return beta * moment + rest * value;
}

/** settings = [learningRate, beta1, beta2, epsilon, weightDecay, 1 - beta1^t, 1 - beta2^t, 1 - beta1, 1 - beta2]; m and v are the new moments. */
function adamStep(parameter: Float, m: Float, v: Float, rate: Float, epsilon: Float, shrink: Float, correction1: Float, correction2: Float): Float {
  return parameter * shrink - ((rate / correction1) * m) / (Math.sqrt(v / correction2) + epsilon);
}

/** firstMoment = beta1 * firstMoment + (1 - beta1) * g; settings (9) as in AdamW (Loshchilov and Hutter 2019) */
export function adamFirstMoment(this: Invocation, gradient: Vector, factor: Vector, settings: Vector, firstMoment: Vector, hasFactor: Int): Float {
  const moment = firstMoment[this.thread.x];
  return chosen(blended(moment, clipped(gradient[this.thread.x], factor[0], hasFactor), settings[1], settings[7]), moment, factor[0]);
}

/** secondMoment = beta2 * secondMoment + (1 - beta2) * g^2 */
export function adamSecondMoment(this: Invocation, gradient: Vector, factor: Vector, settings: Vector, secondMoment: Vector, hasFactor: Int): Float {
  const g = clipped(gradient[this.thread.x], factor[0], hasFactor);
  const moment = secondMoment[this.thread.x];
  return chosen(blended(moment, g * g, settings[2], settings[8]), moment, factor[0]);
}

/** parameter = parameter * (1 - decay * rate * weightDecay) - rate / settings[5] * m / (sqrt(v / settings[6]) + epsilon) */
export function adamParameter(
  this: Invocation, gradient: Vector, factor: Vector, settings: Vector, parameter: Vector, firstMoment: Vector, secondMoment: Vector,
  hasFactor: Int, decay: Int,
): Float {
  const g = clipped(gradient[this.thread.x], factor[0], hasFactor);
  const m = blended(firstMoment[this.thread.x], g, settings[1], settings[7]);
  const v = blended(secondMoment[this.thread.x], g * g, settings[2], settings[8]);
  const before = parameter[this.thread.x];
  return chosen(adamStep(before, m, v, settings[0], settings[3], 1 - decay * settings[0] * settings[4], settings[5], settings[6]), before, factor[0]);
}

/** velocity = momentum * velocity + g, g = gradient * factor + decay * weightDecay * parameter; settings (3) = [learningRate, momentum, weightDecay] */
export function sgdVelocity(
  this: Invocation, gradient: Vector, factor: Vector, settings: Vector, parameter: Vector, velocity: Vector, hasFactor: Int, decay: Int,
): Float {
  const g = clipped(gradient[this.thread.x], factor[0], hasFactor) + decay * settings[2] * parameter[this.thread.x];
  return chosen(settings[1] * velocity[this.thread.x] + g, velocity[this.thread.x], factor[0]);
}

/** parameter = parameter - learningRate * velocity, with the new velocity; settings (3) */
export function sgdParameter(this: Invocation, factor: Vector, settings: Vector, parameter: Vector, velocity: Vector): Float {
  return chosen(parameter[this.thread.x] - settings[0] * velocity[this.thread.x], parameter[this.thread.x], factor[0]);
}
