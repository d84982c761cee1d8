// Computes what a preference tuning minimizes: one of the losses of pairs, with its options.
import type { Tensor } from '@kk/nn-core';
import { checkDpoOptions, dpoLoss, needsReference, type DpoOptions } from './losses/dpo.js';
import { checkOrpoOptions, orpoLoss, type OrpoOptions } from './losses/orpo.js';
import type { Pair, PreferenceLoss } from './losses/pair.js';
import { checkSimpoOptions, simpoLoss, type SimpoOptions } from './losses/simpo.js';

/** One loss by its name, with its options: `{ dpo: { beta: 0.1 } }`. */
export type PreferenceObjective = { readonly dpo: DpoOptions } | { readonly orpo: OrpoOptions } | { readonly simpo: SimpoOptions };

/** (pairs) each: see the losses. */
export interface ObjectiveInputs {
  readonly policy: Pair<Tensor>;
  readonly lengths: Pair<Tensor>;
  readonly reference?: Pair<Tensor>;
  readonly prompt?: { readonly logProbabilities: Tensor; readonly lengths: Tensor };
}

/** @throws TypeError when it is none of the three, or an option is unknown; RangeError when one is out of range */
export function checkObjective(owner: string, objective: PreferenceObjective): void {
  const names = typeof objective === 'object' && (objective as unknown) !== null ? Object.keys(objective) : [];
  if (names.length !== 1 || !['dpo', 'orpo', 'simpo'].includes(names[0]!)) throw new TypeError(`${owner}: loss is ${JSON.stringify(objective)}; expected one of { dpo: {...} }, { orpo: {...} } and { simpo: {...} }, with the options of that loss.`);
  if ('dpo' in objective) checkDpoOptions(objective.dpo);
  else if ('orpo' in objective) checkOrpoOptions(objective.orpo);
  else checkSimpoOptions(objective.simpo);
}

export const objectiveNeedsReference = (objective: PreferenceObjective): boolean => 'dpo' in objective && needsReference(objective.dpo);

/** Whether the prompts are learned, too. */
export const objectiveNeedsPrompts = (objective: PreferenceObjective): boolean => 'orpo' in objective && objective.orpo.nll === 'trl';

/** With `nll`, a single number, where the loss has one. */
export function objectiveLoss(objective: PreferenceObjective, inputs: ObjectiveInputs): PreferenceLoss & { readonly nll?: Tensor } {
  if ('dpo' in objective) return dpoLoss(inputs, objective.dpo);
  if ('orpo' in objective) return orpoLoss(inputs, objective.orpo);
  return simpoLoss(inputs, objective.simpo);
}
