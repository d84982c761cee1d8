// The stages of Hugging Face transformers, in its order.
import { requireKnown } from '../checks.js';
import { type SamplingOptions, samplingStages } from '../processors/index.js';
import type { Stage } from '../stages/stage.js';

/**
 * Stages in the order of `generate` in Hugging Face transformers (source: `_get_logits_processor` in `generation/utils.py`, version 4.5x):
 * that of `samplingStages`. Logit bias and sequence bias are both its `sequence_bias`. Frequency and presence penalties, which transformers
 * does not have, come after the repetition penalty.
 *
 * Ties: top-k keeps all that equal the k-th. Top-p keeps as many at the edge as its sum needs, here those with the lower ids (transformers
 * does not specify which). Typical keeps all at the edge. Penalties apply to the whole text, including the prompt. Bad words never forbid the
 * end of the text alone. Options that are not given add no stage. In transformers the default of top-k is 50; here it is off.
 *
 * @throws TypeError if an option is unknown; RangeError if one is out of range
 */
export function huggingFace(options: SamplingOptions = {}): Stage[] {
  return readStages('huggingFace', options, SAMPLING);
}

/** The names of all sampling options. */
export const SAMPLING: Readonly<Record<keyof SamplingOptions, true>> = /* @__PURE__ */ sampling();

function sampling(): Record<keyof SamplingOptions, true> {
  const staged = Object.fromEntries(Object.keys(samplingStages).map((name) => [name, true])) as Record<keyof typeof samplingStages, true>;
  return { endTokens: true, ...staged };
}

/** The options that have a stage, in their order, and the place of each. */
const ORDER = /* @__PURE__ */ Object.keys(samplingStages) as StagedName[];
const PLACES: Readonly<Record<string, number | undefined>> = /* @__PURE__ */ Object.fromEntries(/* @__PURE__ */ ORDER.map((name, place) => [name, place]));
type StagedName = keyof typeof samplingStages;

/**
 * The stages of the sampling options among these, in order. A single token is sampled this way, too: only what is given is looked at.
 *
 * @param owner what takes the options, for the error message
 * @param names all names that the options may have
 * @throws TypeError if an option is unknown; RangeError if one is out of range
 */
export function readStages(owner: string, options: SamplingOptions, names: Readonly<Record<string, true>>): Stage[] {
  let isEmpty = true;
  const places: number[] = [];
  for (const name in options) {
    if (names[name] !== true) requireKnown(owner, options, names as never);
    isEmpty = false;
    const place = PLACES[name];
    if (place === undefined || options[name as StagedName] === undefined) continue;
    // Sorted as they come: there are few.
    let at = places.length;
    for (; at > 0 && places[at - 1] > place; at--) places[at] = places[at - 1];
    places[at] = place;
  }
  if (isEmpty) requireKnown(owner, options, names as never); // it may be no object of options at all
  const stages: Stage[] = [];
  if (places.length === 0) return stages;
  // Several stages read them, which an iterator would not survive.
  const endTokens = options.endTokens === undefined ? [] : [...options.endTokens];
  for (const place of places) {
    const name = ORDER[place];
    const stage = (samplingStages[name] as (value: unknown, endTokens: readonly number[]) => Stage | undefined)(options[name], endTokens);
    if (stage !== undefined) stages.push(stage);
  }
  return stages;
}
