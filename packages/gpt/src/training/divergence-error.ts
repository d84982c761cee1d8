// The error of a training that diverged: the step, the numbers, and the parameter.

export interface Divergence {
  /** The number of the step, from 1. */
  readonly step: number;
  readonly loss: number;
  /** Global norm of the gradients before clipping. */
  readonly gradientNorm?: number;
  /** The bound that the loss must not exceed. */
  readonly maximumLoss?: number;
  /** The norm to which gradients are clipped; Infinity when they are not. */
  readonly maximumGradientNorm?: number;
  /** The name of the first parameter whose gradient is not finite; if there is none, the one with the largest gradient. */
  readonly layer?: string | undefined;
}

export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number | undefined;
  readonly layer: string | undefined;

  /** @param consequence a sentence that says what happened to the weights */
  constructor(divergence: Divergence, consequence: string) {
    const remedy = divergence.maximumGradientNorm === Infinity ? 'Use a lower learning rate, a longer warm-up, or clip the gradients.' : 'Use a lower learning rate or a longer warm-up.';
    super(`Training broke down in step ${divergence.step}: ${describe(divergence)}. ${consequence} ${remedy}`);
    this.step = divergence.step;
    this.loss = divergence.loss;
    this.gradientNorm = divergence.gradientNorm;
    this.layer = divergence.layer;
  }
}

function describe({ loss, gradientNorm, maximumLoss = Infinity, layer }: Divergence): string {
  const where = layer === undefined ? '' : `, first seen in ${layer}`;
  if (!Number.isFinite(loss)) return `the loss is ${loss}${where}`;
  if (loss > maximumLoss) return `the loss ${short(loss)} is above its maximum of ${short(maximumLoss)}${layer === undefined ? '' : `; the greatest gradient is that of ${layer}`}`;
  if (gradientNorm !== undefined) return `the norm of the gradients is ${gradientNorm}${where}`;
  return `the weights are not finite${where}`;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** Whether the numbers of a step are finite and its loss is within the bound. */
export function isSound(loss: number, sumOfSquares: number, maximumLoss: number): boolean {
  return Number.isFinite(loss) && loss <= maximumLoss && Number.isFinite(sumOfSquares);
}
