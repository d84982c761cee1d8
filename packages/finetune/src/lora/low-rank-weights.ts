// Holds what one LoRA adapter adds to one layer: two narrow matrices and the factor of their product.
import { checkOptions, Module, type Engine, type OptionNames, type Random, type Tensor } from '@kk/nn-core';

export interface LowRankOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly rank: number;
  readonly alpha: number;
  /** Whether the factor is alpha / sqrt(rank) (Kalajdzievski 2023, arXiv:2312.03732) instead of alpha / rank. */
  readonly rsLora: boolean;
  /** Probability of dropping a number of the input in training. */
  readonly dropout: number;
}

const NAMES: OptionNames<LowRankOptions> = { inputs: 'required', outputs: 'required', rank: 'required', alpha: 'required', rsLora: 'required', dropout: 'required' };

export class LowRankWeights extends Module {
  /** (inputs, rank): A of the paper, transposed. Uniform in +-1 / sqrt(inputs) at first, as PEFT and loralib have it. */
  readonly down: Tensor;
  /** (rank, outputs): B of the paper, transposed. 0 at first, so that a new adapter changes nothing. */
  readonly up: Tensor;
  readonly rank: number;
  readonly alpha: number;
  readonly dropout: number;
  /** What the product down up is multiplied with. */
  readonly scale: number;
  /** Whether the layer adds the product to what it computes. */
  isActive = true;
  /** Whether the product is in the weight of the layer already. */
  isMerged = false;

  constructor(engine: Engine, options: LowRankOptions, random: Random) {
    checkOptions('LowRankWeights', options, NAMES);
    const { inputs, outputs, rank, alpha, rsLora, dropout } = options;
    super();
    const bound = 1 / Math.sqrt(inputs);
    this.rank = rank;
    this.alpha = alpha;
    this.dropout = dropout;
    this.scale = scaleOf({ rank, alpha, rsLora });
    this.down = engine.parameter(engine.tensor(Float64Array.from({ length: inputs * rank }, () => (2 * random.uniform() - 1) * bound), [inputs, rank]));
    this.up = engine.parameter(engine.zeros([rank, outputs]));
  }

  get inputs(): number {
    return this.down.shape[0]!;
  }

  get outputs(): number {
    return this.up.shape[1]!;
  }
}

/** alpha / rank (arXiv:2106.09685), or alpha / sqrt(rank) with rank-stabilized LoRA (arXiv:2312.03732). */
export const scaleOf = ({ rank, alpha, rsLora }: Pick<LowRankOptions, 'rank' | 'alpha' | 'rsLora'>): number => alpha / (rsLora ? Math.sqrt(rank) : rank);
