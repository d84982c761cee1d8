// Updates parameters in place, and computes the factor that clips gradients. A share is a range of elements.
import { multiplyAdd } from './simd';
import { loadPartial, storePartial } from './lanes';
import { firstElement } from './share';

/** factor[0] = min(1, maxNorm / (sqrt(total[0]) + 1e-6)); -1 when total or loss is not finite, or loss > maxLoss */
export function clipFactor(total: usize, loss: usize, factor: usize, maxNorm: f32, maxLoss: f32, part: i32, parts: i32): void {
  if (part != 0) return;
  if (!isFinite(load<f32>(total)) || (loss && !(isFinite(load<f32>(loss)) && load<f32>(loss) <= maxLoss))) {
    store<f32>(factor, -1);
    return;
  }
  const ratio = f64(maxNorm) / (Math.sqrt(f64(load<f32>(total))) + 1e-6);
  store<f32>(factor, f32(min<f64>(1, ratio)));
}

/** AdamW (Loshchilov and Hutter 2019). settings = [learningRate, beta1, beta2, epsilon, weightDecay, 1 - beta1^t, 1 - beta2^t, 1 - beta1, 1 - beta2] */
export function adamW(
  gradient: usize, gradientFactor: usize, settings: usize, parameter: usize, firstMoment: usize, secondMoment: usize,
  size: i32, decay: i32, part: i32, parts: i32,
): void {
  if (gradientFactor && load<f32>(gradientFactor) < 0) return;
  const learningRate = load<f32>(settings);
  const factor = f32x4.splat(gradientFactor ? load<f32>(gradientFactor) : 1);
  const beta1 = v128.load32_splat(settings, 4);
  const beta2 = v128.load32_splat(settings, 8);
  const rest1 = v128.load32_splat(settings, 28);
  const rest2 = v128.load32_splat(settings, 32);
  const epsilon = v128.load32_splat(settings, 12);
  const keep = f32x4.splat(decay ? 1 - learningRate * load<f32>(settings, 16) : 1);
  const negativeStep = f32x4.splat(-learningRate / load<f32>(settings, 20));
  const correction2 = f32x4.splat(1 / load<f32>(settings, 24));
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  for (; i < end; i += 4) {
    const at = usize(i) << 2;
    const count = end - i;
    const full = count >= 4;
    const g = f32x4.mul(full ? v128.load(gradient + at) : loadPartial(gradient + at, count), factor);
    const m0 = full ? v128.load(firstMoment + at) : loadPartial(firstMoment + at, count);
    const v0 = full ? v128.load(secondMoment + at) : loadPartial(secondMoment + at, count);
    const p0 = full ? v128.load(parameter + at) : loadPartial(parameter + at, count);
    const m = multiplyAdd(beta1, m0, f32x4.mul(rest1, g));
    const v = multiplyAdd(beta2, v0, f32x4.mul(f32x4.mul(rest2, g), g));
    const deviation = f32x4.add(f32x4.sqrt(f32x4.mul(v, correction2)), epsilon);
    const p = multiplyAdd(negativeStep, f32x4.div(m, deviation), f32x4.mul(p0, keep));
    if (full) {
      v128.store(firstMoment + at, m);
      v128.store(secondMoment + at, v);
      v128.store(parameter + at, p);
    } else {
      storePartial(firstMoment + at, m, count);
      storePartial(secondMoment + at, v, count);
      storePartial(parameter + at, p, count);
    }
  }
}

/** Stochastic gradient descent with momentum. settings = [learningRate, momentum, weightDecay] */
export function sgd(
  gradient: usize, gradientFactor: usize, settings: usize, parameter: usize, velocity: usize,
  size: i32, decay: i32, part: i32, parts: i32,
): void {
  if (gradientFactor && load<f32>(gradientFactor) < 0) return;
  const factor = f32x4.splat(gradientFactor ? load<f32>(gradientFactor) : 1);
  const negativeRate = f32x4.splat(-load<f32>(settings));
  const momentum = v128.load32_splat(settings, 4);
  const weightDecay = f32x4.splat(decay ? load<f32>(settings, 8) : 0);
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  for (; i < end; i += 4) {
    const at = usize(i) << 2;
    const count = end - i;
    const full = count >= 4;
    const p0 = full ? v128.load(parameter + at) : loadPartial(parameter + at, count);
    const v0 = full ? v128.load(velocity + at) : loadPartial(velocity + at, count);
    const raw = full ? v128.load(gradient + at) : loadPartial(gradient + at, count);
    const g = multiplyAdd(weightDecay, p0, f32x4.mul(raw, factor));
    const v = multiplyAdd(momentum, v0, g);
    const p = multiplyAdd(negativeRate, v, p0);
    if (full) {
      v128.store(velocity + at, v);
      v128.store(parameter + at, p);
    } else {
      storePartial(velocity + at, v, count);
      storePartial(parameter + at, p, count);
    }
  }
}
