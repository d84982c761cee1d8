// Reads which parameters an optimizer changes, and with which settings: one list, or several groups as in PyTorch.
import { checkOptions, type OptionNames } from '@kk/options';
import { Tensor } from '../core/tensor.js';
import { Module } from '../layers/module.js';
import { expectList, expectParameterList } from './parameter-list.js';

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

const groupOptions: OptionNames<ParameterGroup> = { parameters: 'required', learningRate: 'optional', weightDecay: 'optional' };

/** All parameters with the same settings, or groups. */
export type Parameters = readonly Tensor[] | readonly ParameterGroup[];

/**
 * The groups, without the parameters that are frozen: those are never changed, so nothing is remembered of them.
 * @param optimizer its name, for error messages
 * @throws TypeError when something is no parameter; RangeError when one is given twice, or none of them trains
 */
export function trainableGroups(optimizer: string, given: Parameters): ParameterGroup[] {
  const seen = new Set<Tensor>();
  const trainable = groupsOf(optimizer, given).map((group): ParameterGroup => {
    for (const parameter of group.parameters) {
      if (!parameter.isParameter) throw new TypeError(`${optimizer} changes parameters only; ${parameter.toString()} is none: make it with engine.parameter().`);
      if (seen.has(parameter)) throw new RangeError(`${optimizer} was given ${parameter.toString()} twice: leave it out of all lists and groups but one.`);
      seen.add(parameter);
    }
    return { ...group, parameters: group.parameters.filter((parameter) => parameter.requiresGradient) };
  });
  if (trainable.every(({ parameters }) => parameters.length === 0)) {
    throw new RangeError(`${optimizer} needs at least one parameter that trains; ${seen.size === 0 ? 'it was given none' : `all ${seen.size} that it was given are frozen: unfreeze some`}.`);
  }
  return trainable;
}

/** What was given as groups: a list of parameters is one. */
function groupsOf(optimizer: string, given: Parameters): readonly ParameterGroup[] {
  expectList(optimizer, given);
  const items: readonly unknown[] = given;
  if (!items.some(isGroup)) {
    expectParameterList(optimizer, items);
    return [{ parameters: items }];
  }
  return items.map((group) => {
    if (group instanceof Tensor) throw new TypeError(`${optimizer} takes parameters or groups of them, not both: put ${group.toString()} into a group.`);
    checkOptions(`A group of ${optimizer}`, group as ParameterGroup, groupOptions);
    const { parameters } = group as ParameterGroup;
    expectParameterList(`A group of ${optimizer}`, parameters);
    return { ...(group as ParameterGroup), parameters };
  });
}

/** A module has `parameters` too, and is no group. */
const isGroup = (item: unknown): boolean => typeof item === 'object' && item !== null && !(item instanceof Module) && 'parameters' in item;
