// A copy of a loaded model, which can be trained while others go on with the model itself.
import { createTransformer, type Transformer } from '@kk/gpt';

/** Whoever makes it disposes of it. */
export async function copyModel(model: Transformer): Promise<Transformer> {
  const copy = createTransformer(model.engine, model.config, { blank: true });
  const weights = copy.namedParameters();
  for (const [name, weight] of model.namedParameters()) weights.get(name)!.set(await weight.data());
  return copy;
}
