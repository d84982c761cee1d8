// The weights that a model had before it was trained, kept beside it: the reference where the model itself is trained.
import type { Transformer } from '@kk/gpt';
import type { Tensor } from '@kk/nn-core';

type Numbers = Awaited<ReturnType<Tensor['data']>>;

/** The numbers of every parameter. */
const numbersOf = async (parameters: readonly Tensor[]): Promise<Numbers[]> => Promise.all(parameters.map((parameter) => parameter.data()));

const give = (parameters: readonly Tensor[], numbers: readonly Numbers[]): void => parameters.forEach((parameter, i) => parameter.set(numbers[i]!));

export class EarlierWeights {
  readonly #parameters: readonly Tensor[];
  readonly #numbers: readonly Numbers[];

  private constructor(parameters: readonly Tensor[], numbers: readonly Numbers[]) {
    this.#parameters = parameters;
    this.#numbers = numbers;
  }

  /** Copies the weights that are trained, as they are now, into the memory of JavaScript. */
  static async of(model: Transformer): Promise<EarlierWeights> {
    const parameters = model.trainableParameters();
    return new EarlierWeights(parameters, await numbersOf(parameters));
  }

  /** The model has its earlier weights while this works, and those of now again afterwards, whatever happens. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const now = await numbersOf(this.#parameters);
    give(this.#parameters, this.#numbers);
    try {
      return await work();
    } finally {
      give(this.#parameters, now);
    }
  }
}
