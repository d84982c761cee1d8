// What defines a tuning by KTO besides what every tuning has: the loss, with its options as the library names them.
import { type KtoOptions } from '@kk/finetune';
import { Option } from 'commander';
import { type Verb } from '../../grammar/verb.js';
import { decimal } from '../../options/parse.js';
import { type Field } from '../field.js';
import { addSettings, chosenOf, type Chosen, type SettingFlags, type TuningSettings } from '../settings.js';

export interface KtoSettings extends TuningSettings {
  loss: KtoOptions;
}

export type KtoFlags = SettingFlags & KtoOptions;

/** The names of the options that other tunings do not have, as Commander knows them. */
export const ktoNames: readonly (keyof KtoOptions)[] = ['beta', 'desirableWeight', 'undesirableWeight'];

export const addKtoSettings = (verb: Verb): Verb =>
  addSettings(verb, { one: 'rating', many: 'ratings', rows: 'ratings' })
    .addOption(new Option('--beta <b>', 'how dear it is to leave the base (default: 0.1)').argParser(decimal(0, Infinity, { above: true })))
    .addOption(new Option('--desirable-weight <w>', 'how much answers count that are wanted (default: 1)').argParser(decimal(0)))
    .addOption(new Option('--undesirable-weight <w>', 'how much the others count (default: 1)').argParser(decimal(0)));

export const ktoSettings = (options: KtoFlags, counts: Chosen, recipe: KtoSettings | undefined): Pick<KtoSettings, 'loss'> => ({ loss: { ...recipe?.loss, ...chosenOf<KtoOptions, keyof KtoOptions>(options, ktoNames, counts) } });

/** As it stands in a recipe. The options themselves are checked where the tuning is made. */
export const ktoFields: { readonly loss: Field } = { loss: { expected: 'an object, the options of the loss', holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) } };
