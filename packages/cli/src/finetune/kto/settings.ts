// What defines a tuning by KTO besides what every tuning has: the loss, with its options as the library names them.
import type { KtoOptions } from '@kk/finetune';
import { Option } from 'commander';
import { UsageError } from '../../errors.js';
import type { Verb } from '../../grammar/verb.js';
import { factor, weight } from '../../options/parse.js';
import type { Field } from '../field.js';
import { addSettings, chosenOf, type Chosen, type SettingFlags, type TuningSettings } from '../settings.js';

export interface KtoSettings extends TuningSettings {
  loss: KtoOptions;
}

export type KtoFlags = SettingFlags & KtoOptions;

/** The names of the options that other tunings do not have, as Commander knows them. */
export const ktoNames: readonly (keyof KtoOptions)[] = ['beta', 'desirableWeight', 'undesirableWeight'];

export const addKtoSettings = (verb: Verb): Verb =>
  addSettings(verb, { one: 'rating', many: 'ratings', rows: 'ratings' })
    .addOption(new Option('--beta <b>', 'how dear it is to leave the base (default: 0.1)').argParser(factor))
    .addOption(new Option('--desirable-weight <w>', 'how much answers count that are wanted (default: 1)').argParser(weight))
    .addOption(new Option('--undesirable-weight <w>', 'how much the others count (default: 1)').argParser(weight));

/** @throws {UsageError} when no answer counts */
export function ktoSettings(options: KtoFlags, counts: Chosen, recipe: KtoSettings | undefined): Pick<KtoSettings, 'loss'> {
  const loss = { ...recipe?.loss, ...chosenOf<KtoOptions, keyof KtoOptions>(options, ktoNames, counts) };
  if (loss.desirableWeight === 0 && loss.undesirableWeight === 0) throw new UsageError('--desirable-weight and --undesirable-weight are both 0: nothing would be learned.', 'Give one of them a weight above 0.');
  return { loss };
}

/** As it stands in a recipe. The options themselves are checked where the tuning is made. */
export const ktoFields: { readonly loss: Field } = { loss: { expected: 'an object, the options of the loss', holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) } };
