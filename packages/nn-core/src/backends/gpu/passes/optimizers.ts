// Issues the passes that update parameters. What is read by a later pass is written by it, or after it.
import { vector, type Program } from './pass.js';

export const adamW: Program = (passes, [gradient, factor, settings, parameter, firstMoment, secondMoment], [size, decay]) => {
  const hasFactor = Number(factor !== passes.none);
  const given = [vector(gradient, size), vector(factor, 1), vector(settings, 9)];
  const [p, m, v] = [vector(parameter, size), vector(firstMoment, size), vector(secondMoment, size)];
  passes.run('adamParameter', parameter, [size], [...given, p, m, v], [hasFactor, decay]);
  passes.run('adamFirstMoment', firstMoment, [size], [...given, m], [hasFactor]);
  passes.run('adamSecondMoment', secondMoment, [size], [...given, v], [hasFactor]);
};

export const sgd: Program = (passes, [gradient, factor, settings, parameter, velocity], [size, decay]) => {
  const hasFactor = Number(factor !== passes.none);
  const [p, v, s] = [vector(parameter, size), vector(velocity, size), vector(settings, 3)];
  passes.run('sgdVelocity', velocity, [size], [vector(gradient, size), vector(factor, 1), s, p, v], [hasFactor, decay]);
  passes.run('sgdParameter', parameter, [size], [vector(factor, 1), s, p, v]);
};
