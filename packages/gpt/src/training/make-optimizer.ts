// Creates the optimizer of a run from options in which groups contain names of parameters.
import { AdamW, matchesNameOrOwner, SGD, type Module, type Optimizer, type ParameterGroup, type Tensor } from '@kk/nn-core';
import type { TrainingOptions } from './options.js';

/** @throws TypeError when the names of a group are no list or an empty one; RangeError when a name matches no parameter, no parameter is trainable, or a setting is out of range */
export function makeOptimizer(model: Module, options: TrainingOptions): Optimizer {
  const { learningRate, weightDecay, betas, momentum, optimizer = 'AdamW' } = options;
  const groups = parameterGroups(model, options);
  if (optimizer === 'SGD') return new SGD(groups, { learningRate, weightDecay, momentum });
  return new AdamW(groups, { learningRate, weightDecay, betas });
}

/** The named groups, and one group of all other parameters. The optimizer skips frozen parameters. */
function parameterGroups(model: Module, { groups = [] }: TrainingOptions): ParameterGroup[] {
  const left = model.namedParameters();
  const all = [...left.keys()];
  const chosen = groups.map(({ names, learningRate, weightDecay }): ParameterGroup => {
    if (!Array.isArray(names) || names.length === 0) {
      throw new TypeError(`Trainer: the names of a group are ${JSON.stringify(names)}; expected a list with at least one name of a parameter or a module, such as ["blocks.*.attention"].`);
    }
    for (const pattern of names) {
      if (!all.some((name) => matchesNameOrOwner(pattern, name))) throw new RangeError(`Trainer: the group ${JSON.stringify(names)} names ${pattern}, but no parameter is called so; there are ${all.join(', ')}.`);
    }
    const parameters: Tensor[] = [];
    for (const [name, parameter] of left) {
      if (!names.some((pattern) => matchesNameOrOwner(pattern, name))) continue;
      parameters.push(parameter);
      left.delete(name);
    }
    return { parameters, learningRate, weightDecay };
  });
  return [{ parameters: [...left.values()] }, ...chosen];
}
