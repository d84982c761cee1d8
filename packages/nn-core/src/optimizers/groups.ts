// Which parameters an optimizer changes, and with which settings: one list, or several groups as in PyTorch.
import type { Tensor } from '../core/tensor.js';

/** Parameters that share settings. What is left out is the optimizer's own. */
export interface ParameterGroup {
  readonly parameters: readonly Tensor[];
  /**
   * At least 0. A schedule that changes the optimizer's rate scales this one in the same proportion: where the optimizer's
   * falls from 1e-3 to 1e-4, a group's 1e-2 falls to 1e-3.
   */
  readonly learningRate?: number | undefined;
  /** At least 0. */
  readonly weightDecay?: number | undefined;
}

/** All parameters with the same settings, or groups. */
export type Parameters = readonly Tensor[] | readonly ParameterGroup[];

const isGroup = (item: Tensor | ParameterGroup): item is ParameterGroup => 'parameters' in item;

/**
 * The groups, without the parameters that are frozen: those are never changed, so nothing is remembered of them.
 * @throws TypeError when something is no parameter; RangeError when one is given twice, or none of them trains
 */
export function trainableGroups(given: Parameters): ParameterGroup[] {
  const items: readonly (Tensor | ParameterGroup)[] = given;
  const groups = items.some(isGroup) ? items : [{ parameters: items as readonly Tensor[] }];
  const seen = new Set<Tensor>();
  const trainable = groups.map((group): ParameterGroup => {
    if (!isGroup(group)) throw new TypeError(`An optimizer takes parameters or groups of them, not both: put ${group.toString()} into a group.`);
    for (const parameter of group.parameters) {
      if (!parameter.isParameter) throw new TypeError(`An optimizer changes parameters only; ${parameter.toString()} is none: make it with engine.parameter().`);
      if (seen.has(parameter)) throw new RangeError(`An optimizer was given ${parameter.toString()} twice: leave it out of all lists and groups but one.`);
      seen.add(parameter);
    }
    return { ...group, parameters: group.parameters.filter((parameter) => parameter.requiresGradient) };
  });
  if (trainable.every(({ parameters }) => parameters.length === 0)) {
    throw new RangeError(`An optimizer needs at least one parameter that trains; ${seen.size === 0 ? 'it was given none' : `all ${seen.size} that it was given are frozen: unfreeze some`}.`);
  }
  return trainable;
}
