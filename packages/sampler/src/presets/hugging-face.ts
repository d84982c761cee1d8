// The stages of Hugging Face transformers, in its order.
import { requireIterable } from '@kk/options';
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

/**
 * The stages of the sampling options among these, in order. A single token is sampled this way, too: only what is given is looked at, and
 * what follows from its names is kept for the next call, which mostly gives the same ones.
 *
 * @param owner what takes the options, for the error message
 * @param names all names that the options may have
 * @throws TypeError if an option is unknown; RangeError if one is out of range
 */
export function readStages(owner: string, options: SamplingOptions, names: Readonly<Record<string, true>>): Stage[] {
  const { order, makers } = orderOf(owner, options, names);
  const stages: Stage[] = [];
  if (order.length === 0) return stages;
  // Several stages read them, which an iterator would not survive.
  let endTokens = none;
  if (options.endTokens !== undefined) {
    requireIterable('endTokens', options.endTokens, 'a list of token ids');
    endTokens = [...options.endTokens];
  }
  for (let i = 0; i < order.length; i++) {
    const value = options[order[i]];
    const stage = value === undefined ? undefined : makers[i](value, endTokens);
    if (stage !== undefined) stages.push(stage);
  }
  return stages;
}

type StagedName = keyof typeof samplingStages;
type MakeStage = (value: unknown, endTokens: readonly number[]) => Stage | undefined;
const none: readonly number[] = [];

/** What follows from the names of options: which of them have a stage, in the order of the stages, and what makes each. */
interface Order {
  readonly owner: string;
  /** As they were written. */
  readonly names: readonly string[];
  readonly order: readonly StagedName[];
  readonly makers: readonly MakeStage[];
}

let last: Order = { owner: '', names: [], order: [], makers: [] };

function orderOf(owner: string, options: SamplingOptions, names: Readonly<Record<string, true>>): Order {
  const known = last.names;
  let count = 0;
  for (const name in options) {
    if (known[count] !== name) return (last = newOrder(owner, options, names)); // a name beyond the last ones is another one, too
    count++;
  }
  return count > 0 && count === known.length && last.owner === owner ? last : (last = newOrder(owner, options, names));
}

function newOrder(owner: string, options: SamplingOptions, names: Readonly<Record<string, true>>): Order {
  requireKnown(owner, options, names as never);
  const given: string[] = [];
  for (const name in options) given.push(name);
  const order = (Object.keys(samplingStages) as StagedName[]).filter((name) => given.includes(name));
  return { owner, names: given, order, makers: order.map((name) => samplingStages[name] as MakeStage) };
}
