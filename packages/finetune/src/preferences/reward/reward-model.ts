// A reward model: a transformer with a head that gives one number, how good it finds the text up to a token.
import type { Transformer } from '@kk/gpt';
import { checkOptions, embedding, Linear, Module, Random, reshape, type OptionNames, type Tensor } from '@kk/nn-core';

export interface RewardModelOptions {
  /** Of the head's first weights, a whole number of 0 or more. Default 1337. */
  seed?: number;
}

const OPTIONS: OptionNames<RewardModelOptions> = { seed: 'optional' };

/**
 * The head reads the last hidden state, after the final norm, at an answer's last token. Its weights begin normal with the deviation
 * 1 / sqrt(width + 1) (Stiennon et al. 2020, arXiv:2009.01325), without a bias: only differences of rewards are learned.
 */
export class RewardModel<M extends Transformer = Transformer> extends Module {
  /** From width to 1. */
  readonly head: Linear;

  /**
   * @param model it is trained, too, unless it is frozen; add an adapter to it before a trainer is made. An output layer of its own is frozen: no
   *   reward depends on it
   * @throws TypeError when an option is unknown; RangeError when the seed is no whole number of 0 or more
   */
  constructor(
    readonly model: M,
    options: RewardModelOptions = {},
  ) {
    super();
    checkOptions('RewardModel', options, OPTIONS);
    const { width } = model.config;
    this.head = new Linear(model.engine, { inputs: width, outputs: 1, bias: false, deviation: 1 / Math.sqrt(width + 1) }, new Random(options.seed ?? 1337));
    for (const name of model.namedParameters().keys()) if (name.startsWith('outputEmbedding.')) model.freeze(name);
  }

  /**
   * @param inputs int32 (rows, positions): prompts with their answers, padded behind; nothing reads the padding
   * @param ends int32 (n): the places of the tokens at which rewards are read, counted through all rows: row * positions + place
   * @returns (n)
   */
  forward(inputs: Tensor, ends: Tensor): Tensor {
    const stream = this.model.stream(inputs);
    const [rows, positions, width] = stream.shape as [number, number, number];
    const last = embedding(ends, reshape(stream, [rows * positions, width]));
    return reshape(this.head.forward(this.model.finalNorm.forward(last)), [ends.size]);
  }

  /**
   * The rewards of texts, each read at its last token and computed alone. No gradient.
   * @param texts ids of prompts with their answers, each of 1 to contextLength
   * @throws RangeError when one is empty or longer; Error when a reward is not finite
   */
  async rewardsOf(texts: readonly ArrayLike<number>[]): Promise<number[]> {
    const { engine, config: { contextLength } } = this.model;
    const rewards: number[] = [];
    for (const [i, ids] of texts.entries()) {
      if (ids.length < 1 || ids.length > contextLength) throw new RangeError(`RewardModel: text ${i} has ${ids.length} tokens; expected 1 to ${contextLength}, the model's context.`);
      const found = engine.scope(() => engine.noGradient(() => this.forward(engine.tensor(ids, [1, ids.length], 'int32'), engine.tensor([ids.length - 1], [1], 'int32'))));
      const reward = await found.item();
      found.dispose();
      if (!Number.isFinite(reward)) throw new Error(`RewardModel: the reward of text ${i} is ${reward}: the weights of this model are not finite or far too large, as after a training that broke down.`);
      rewards.push(reward);
    }
    return rewards;
  }
}
