// The stages of Hugging Face transformers, in its order.
import { type SamplingOptions, samplingStages } from '../processors/index.js';
import { type Stage } from '../stages/stage.js';

/**
 * Stages in the order of `generate` in Hugging Face transformers (source: `_get_logits_processor` in `generation/utils.py`, version 4.5x):
 * that of `samplingStages`. Logit bias and sequence bias are both its `sequence_bias`. Frequency and presence penalties, which transformers
 * does not have, come after the repetition penalty.
 *
 * Ties: top-k keeps all that equal the k-th. Top-p keeps as many at the edge as its sum needs, here those with the lower ids (transformers
 * does not specify which). Typical keeps all at the edge. Penalties apply to the whole text, including the prompt. Bad words never forbid the
 * end of the text alone. Options that are not given add no stage. In transformers the default of top-k is 50; here it is off.
 *
 * @throws RangeError if an option is out of range
 */
export function huggingFace(options: SamplingOptions = {}): Stage[] {
  // Several stages read them, which an iterator would not survive.
  const endTokens = [...(options.endTokens ?? [])];
  const stages: Stage[] = [];
  let name: keyof typeof samplingStages;
  for (name in samplingStages) {
    const value = options[name];
    if (value === undefined) continue;
    const stage = (samplingStages[name] as (value: unknown, endTokens: readonly number[]) => Stage | undefined)(value, endTokens);
    if (stage !== undefined) stages.push(stage);
  }
  return stages;
}
