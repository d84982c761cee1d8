// Declares interventions in a whole GPT or Llama: what is changed in which layer, as plain numbers. `forward-with.ts` computes with them.
import type { AttentionInterventions, AttentionLink } from '@kk/attention';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';

/** One head of the model. */
export interface HeadAddress {
  /** The block, from 0. */
  readonly layer: number;
  readonly head: number;
}

/** A way from one position to another in a head. A part that is left out stands for all of them: `{ layer: 2, key: 0 }` means every link of layer 2 to the first position. */
export interface Link extends Omit<AttentionLink, 'sequence'> {
  /** The block, from 0. */
  readonly layer?: number;
}

/** What is changed in a forward pass; what is left out stays as it is, and `{}` changes nothing. */
export interface Interventions {
  /** Heads whose output becomes 0, as if their rows of the output projection were 0 (zero ablation). */
  readonly headsOff?: readonly HeadAddress[];
  /** Links that are cut before the softmax, so that the other keys share the attention (attention knockout, Geva et al. 2023). */
  readonly linksCut?: readonly Link[];
  /** Lifts the causal mask in all layers: every position sees the later ones too. */
  readonly maskLifted?: boolean;
  /**
   * The order that the model is told: 'none' leaves the position embeddings out; a list gives each token the embedding of another position.
   * A Llama's queries and keys are turned by these positions instead, with 'none' by none; its window goes by the real places.
   */
  readonly positions?: 'none' | readonly number[];
}

const INTERVENTIONS: OptionNames<Interventions> = { headsOff: 'optional', linksCut: 'optional', maskLifted: 'flag', positions: 'optional' };
const HEAD: OptionNames<HeadAddress> = { layer: 'required', head: 'required' };
const LINK: OptionNames<Link> = { layer: 'optional', head: 'optional', query: 'optional', key: 'optional' };

/**
 * @param time the number of tokens
 * @throws TypeError when a name is unknown or missing; RangeError when a layer, a head or a position does not exist
 */
export function checkInterventions(model: Transformer, time: number, interventions: Interventions): void {
  checkOptions('interventions', interventions, INTERVENTIONS);
  const { layers, heads, contextLength } = model.config;
  const { headsOff = [], linksCut = [], positions } = interventions;
  headsOff.forEach((address, i) => {
    checkOptions(`headsOff[${i}]`, address, HEAD);
    checkIndex(`headsOff[${i}].layer`, address.layer, layers);
    checkIndex(`headsOff[${i}].head`, address.head, heads);
  });
  linksCut.forEach((link, i) => {
    checkOptions(`linksCut[${i}]`, link, LINK);
    for (const [name, limit] of [['layer', layers], ['head', heads], ['query', time], ['key', time]] as const) {
      if (link[name] !== undefined) checkIndex(`linksCut[${i}].${name}`, link[name], limit);
    }
  });
  if (positions === undefined || positions === 'none') return;
  if (!Array.isArray(positions) || positions.length !== time) {
    throw new RangeError(`interventions: positions is ${Array.isArray(positions) ? `a list of ${positions.length}` : JSON.stringify(positions)}; expected 'none', or a list with a position for each of the ${time} tokens.`);
  }
  positions.forEach((position: number, i) => checkIndex(`positions[${i}]`, position, contextLength));
}

/**
 * The part of the interventions that concerns one layer.
 * @param cutsOfSequences further links that are cut in every layer, each in one sequence of a batch
 */
export function interventionsIn(layer: number, { headsOff = [], linksCut = [], maskLifted }: Interventions, cutsOfSequences: readonly AttentionLink[] = []): AttentionInterventions {
  const links = linksCut.filter((link) => link.layer === undefined || link.layer === layer).map(({ head, query, key }): AttentionLink => ({ head, query, key }));
  return { headsOff: headsOff.filter((address) => address.layer === layer).map(({ head }) => head), linksCut: [...links, ...cutsOfSequences], maskLifted };
}

/** @throws RangeError when the index is no whole number from 0 to `count` - 1 */
export function checkIndex(name: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  throw new RangeError(`${name} is ${String(index)}; expected a whole number from 0 to ${count - 1}.`);
}
