// What defines a preference tuning besides what every tuning has: the loss, with its options as the library names them.
import type { DpoForm, DpoOptions, OrpoNll, OrpoOptions, PreferenceObjective, SimpoOptions } from '@kk/finetune';
import { Option } from 'commander';
import type { Verb } from '../../grammar/verb.js';
import { decimal, factor, weight } from '../../options/parse.js';
import type { Field } from '../field.js';
import { addSettings, chosenOf, type Chosen, type SettingFlags, type TuningSettings } from '../settings.js';

export type LossName = 'dpo' | 'orpo' | 'simpo';

export interface PreferenceSettings extends TuningSettings {
  loss: PreferenceObjective;
}

type LossOptions = DpoOptions & OrpoOptions & SimpoOptions;

export type PreferenceFlags = SettingFlags & LossOptions;

const FORMS: readonly DpoForm[] = ['sigmoid', 'robust', 'hinge', 'ipo-trl', 'ipo-paper', 'sigmoid-norm'];
const NLLS: readonly OrpoNll[] = ['paper', 'tokens', 'trl'];
const SMOOTHED: readonly (DpoForm | undefined)[] = [undefined, 'sigmoid', 'robust'];

const beta = (what: string, normally: number): Option => new Option('--beta <b>', `${what} (default: ${normally})`).argParser(factor);
const labelSmoothing = (normally: string): Option => new Option('--label-smoothing <share>', `share of the pairs that are taken to be the wrong way round (default: ${normally})`).argParser(decimal(0, 0.5, { below: true }));

/** The names of the options of each loss. */
export const lossOptions: Readonly<Record<LossName, readonly (keyof DpoOptions | keyof OrpoOptions | keyof SimpoOptions)[]>> = {
  dpo: ['form', 'beta', 'labelSmoothing', 'referenceFree', 'referenceFreeRewards'],
  orpo: ['beta', 'nll'],
  simpo: ['beta', 'gamma', 'gammaBetaRatio', 'labelSmoothing', 'hinge', 'sftWeight'],
};

const add: Readonly<Record<LossName, (verb: Verb) => Verb>> = {
  dpo: (verb) =>
    verb
      .addOption(new Option('--form <form>', 'which loss compares the two log-ratios (default: sigmoid, that of the paper)').choices(FORMS))
      .addOption(beta('how dear it is to leave the base', 0.1))
      .addOption(labelSmoothing('0, with --form robust 0.1'))
      .option('--reference-free', 'compare with a model that finds all answers equally probable, instead of the base')
      .addOption(new Option('--reference-free-rewards <which>', 'rewards that are logged then: those of the loss, or with the base subtracted (default: loss)').choices(['loss', 'mitchell']))
      .needs(['referenceFreeRewards'], 'referenceFree')
      .pointless<DpoOptions>(['labelSmoothing'], ({ form }) => (SMOOTHED.includes(form) ? undefined : `with --form ${form}`)),
  orpo: (verb) =>
    verb
      .addOption(beta('the weight of the odds ratio', 0.1))
      .addOption(new Option('--nll <how>', 'how the chosen answers are learned: a mean over answers, over all their tokens, or those of the prompts too (default: paper)').choices(NLLS)),
  simpo: (verb) =>
    verb
      .addOption(beta('what the mean log-probability of a token is multiplied with', 2))
      .addOption(new Option('--gamma <g>', 'the margin between the rewards of both answers').argParser(weight))
      .addOption(new Option('--gamma-beta-ratio <r>', 'that margin divided by beta (default: 0.25)').argParser(weight))
      .addOption(labelSmoothing('0'))
      .option('--hinge', 'a hinge in place of the sigmoid')
      .addOption(new Option('--sft-weight <w>', 'how much the chosen answers are also learned by themselves (default: 0)').argParser(weight))
      .excludes(['gammaBetaRatio'], 'gamma')
      .excludes(['labelSmoothing'], 'hinge'),
};

export const addPreferenceSettings = (name: LossName) => (verb: Verb): Verb => add[name](addSettings(verb, { one: 'pair', many: 'pairs', rows: 'pairs' }));

const objectiveOf: Readonly<Record<LossName, (options: Partial<LossOptions>) => PreferenceObjective>> = {
  dpo: (dpo) => ({ dpo }),
  orpo: (orpo) => ({ orpo }),
  simpo: (simpo) => ({ simpo }),
};

/** Options that are given, and those of the recipe. */
export function preferenceSettings(name: LossName, options: PreferenceFlags, counts: Chosen, recipe: PreferenceSettings | undefined): Pick<PreferenceSettings, 'loss'> {
  const given = chosenOf<LossOptions, (typeof lossOptions)[LossName][number]>(options, lossOptions[name], counts);
  const before = Object(recipe?.loss) as Partial<Record<LossName, Partial<LossOptions>>>;
  return { loss: objectiveOf[name]({ ...before[name], ...given }) };
}

/** As it stands in a recipe. The options themselves are checked where the tuning is made. */
export const preferenceFields = (name: LossName): { readonly loss: Field } => ({
  loss: { expected: `{ "${name}": {...} }, the options of the loss`, holds: (value) => Object.keys(Object(value) as object).join() === name },
});
