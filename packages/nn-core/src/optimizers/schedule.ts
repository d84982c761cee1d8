// The learning rate over the course of training: a linear warm-up, then half a cosine down to a minimum.

export interface ScheduleOptions {
  /** Reached at the end of the warm-up. */
  maximum: number;
  /** Reached at the last step; default a tenth of the maximum. */
  minimum?: number;
  /** Steps of warm-up; default 0. */
  warmupSteps?: number;
  /** Steps of the whole training. */
  totalSteps: number;
}

/**
 * The learning rate of a step (0 is the first), as nanoGPT does it: maximum * (step + 1) / (warmupSteps + 1) while
 * warming up; then minimum + (maximum - minimum) * (1 + cos(pi * progress)) / 2 (Loshchilov and Hutter 2017); the minimum afterwards.
 */
export function warmupCosine(step: number, options: ScheduleOptions): number {
  const { maximum, minimum = maximum / 10, warmupSteps = 0, totalSteps } = options;
  if (!(step >= 0)) throw new RangeError(`warmupCosine: step ${step} must be at least 0.`);
  if (step < warmupSteps) return (maximum * (step + 1)) / (warmupSteps + 1);
  if (step >= totalSteps) return minimum;
  const progress = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  return minimum + 0.5 * (1 + Math.cos(Math.PI * progress)) * (maximum - minimum);
}
