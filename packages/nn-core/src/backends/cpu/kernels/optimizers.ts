// Updates parameters once, by AdamW or by stochastic gradient descent, and computes the factor that clips gradients by the global
// norm. `settings` comes in an array and not as numbers, so that a captured step can be replayed with a new learning rate.
import type { FloatArray } from '../arrays.js';

/**
 * factor (1) = min(1, maxNorm / (sqrt(total (1)) + 1e-6)); total is the sum of squares of all gradients (Pascanu et al. 2013).
 * -1 when total or loss (1) is not finite, or loss is above maxLoss.
 */
export function clipFactor(total: FloatArray, loss: FloatArray | null, factor: FloatArray, maxNorm: number, maxLoss: number): void {
  const isSound = Number.isFinite(total[0]) && (!loss || (Number.isFinite(loss[0]) && loss[0] <= maxLoss));
  factor[0] = isSound ? Math.min(1, maxNorm / (Math.sqrt(total[0]) + 1e-6)) : -1;
}

/**
 * AdamW (Loshchilov and Hutter 2019): weight decay apart from the gradient.
 *
 * @param gradient (size)
 * @param gradientFactor (1), multiplies the gradient; null for 1; below 0 nothing changes
 * @param settings (9): learningRate, beta1, beta2, epsilon, weightDecay, 1 - beta1^t, 1 - beta2^t, 1 - beta1, 1 - beta2
 * @param parameter (size), updated
 * @param firstMoment (size), updated
 * @param secondMoment (size), updated
 * @param decay 1 when weight decay applies, else 0
 */
export function adamW(
  gradient: FloatArray, gradientFactor: FloatArray | null, settings: FloatArray,
  parameter: FloatArray, firstMoment: FloatArray, secondMoment: FloatArray,
  size: number, decay: number,
): void {
  const [learningRate, beta1, beta2, epsilon, weightDecay, correction1, correction2, rest1, rest2] = settings;
  const factor = gradientFactor ? gradientFactor[0] : 1;
  if (factor < 0) return;
  const shrink = decay ? 1 - learningRate * weightDecay : 1;
  for (let i = 0; i < size; i++) {
    const g = gradient[i] * factor;
    const m = beta1 * firstMoment[i] + rest1 * g;
    const v = beta2 * secondMoment[i] + rest2 * g * g;
    parameter[i] = parameter[i] * shrink - ((learningRate / correction1) * m) / (Math.sqrt(v / correction2) + epsilon);
    firstMoment[i] = m;
    secondMoment[i] = v;
  }
}

/**
 * Stochastic gradient descent with momentum; weight decay is part of the gradient here, as in PyTorch.
 *
 * @param gradient (size)
 * @param gradientFactor (1), multiplies the gradient; null for 1; below 0 nothing changes
 * @param settings (3): learningRate, momentum, weightDecay
 * @param parameter (size), updated
 * @param velocity (size), updated
 * @param decay 1 when weight decay applies, else 0
 */
export function sgd(
  gradient: FloatArray, gradientFactor: FloatArray | null, settings: FloatArray, parameter: FloatArray, velocity: FloatArray,
  size: number, decay: number,
): void {
  const [learningRate, momentum, weightDecay] = settings;
  const factor = gradientFactor ? gradientFactor[0] : 1;
  if (factor < 0) return;
  for (let i = 0; i < size; i++) {
    const g = gradient[i] * factor + (decay ? weightDecay * parameter[i] : 0);
    const v = momentum * velocity[i] + g;
    parameter[i] -= learningRate * v;
    velocity[i] = v;
  }
}
