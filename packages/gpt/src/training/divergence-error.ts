// The error of a training that blew up: which step, how, and where in the model.

export interface Divergence {
  /** Number of the step, 1 is the first. */
  readonly step: number;
  readonly loss: number;
  /** Global norm of the gradients before clipping. */
  readonly gradientNorm?: number;
  /** The bound that the loss must not exceed. */
  readonly maximumLoss?: number;
  /** Name of the parameter where it shows first: the first whose numbers are not finite, else the one with the greatest gradient. */
  readonly layer?: string | undefined;
}

export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
  readonly step: number;
  readonly loss: number;
  readonly gradientNorm: number | undefined;
  readonly layer: string | undefined;

  /** @param consequence what this means for the weights, a sentence */
  constructor(divergence: Divergence, consequence: string) {
    super(`Training broke down in step ${divergence.step}: ${describe(divergence)}. ${consequence} Use a lower learning rate, a longer warm-up, or clip the gradients.`);
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

/** Whether a step, or the weights after it, can be kept. */
export function isSound(loss: number, sumOfSquares: number, maximumLoss: number): boolean {
  return Number.isFinite(loss) && loss <= maximumLoss && Number.isFinite(sumOfSquares);
}
