// Tells whether a model that a run compares with is still the same.
import { fingerprint, type Transformer } from '@kk/gpt';

/** A short string that changes when a weight does. */
export async function weightsFingerprint(model: Transformer): Promise<string> {
  const all = [...model.namedParameters().values()];
  const each = await Promise.all(all.map(async (tensor) => fingerprint(new Int32Array(Float32Array.from(await tensor.data()).buffer))));
  return fingerprint(Uint16Array.from(each.join(), (character) => character.charCodeAt(0)));
}
