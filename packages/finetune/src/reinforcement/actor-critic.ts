// An actor and its critic: a transformer that answers, and a value head on it that says which reward it still expects.
import type { Transformer } from '@kk/gpt';
import { Linear, Module, Random, reshape, type Tensor } from '@kk/nn-core';

/** Both share all layers but the last one (Mnih et al. 2016, arXiv:1602.01783, sec. 4), so that there is no second model. */
export class ActorCritic<M extends Transformer = Transformer> extends Module {
  /** From width to 1, with a bias. It is 0 at first: the first values are 0 and change nothing below it. */
  readonly head: Linear;

  /** @param model is trained, too, unless it is frozen; add an adapter to it before a trainer is made */
  constructor(readonly model: M) {
    super();
    this.head = new Linear(model.engine, { inputs: model.config.width, outputs: 1, deviation: 0 }, new Random(0));
  }

  /**
   * @param inputs int32 (rows, positions)
   * @returns `logits` (rows, positions, vocabSize), and `values` (rows, positions): the reward that is expected from each place on
   */
  forward(inputs: Tensor): { readonly logits: Tensor; readonly values: Tensor } {
    const { model, head } = this;
    const stream = model.stream(inputs);
    return { logits: model.logits(stream), values: reshape(head.forward(model.finalNorm.forward(stream)), [...inputs.shape]) };
  }
}
