// What defines the training of a reward model besides what every tuning has.
import { Option } from 'commander';
import type { Verb } from '../../grammar/verb.js';
import { factors, weight } from '../../options/parse.js';
import { type Field, flag, number, optional } from '../field.js';
import { addSettings, chosenOf, type Chosen, type SettingFlags, type TuningSettings } from '../settings.js';

export interface RewardSettings extends TuningSettings {
  /** Absent: 0. */
  centering?: number;
  /** Whether the margins of the pairs count. */
  margins: boolean;
}

export interface RewardFlags extends SettingFlags {
  centering?: number;
  margins?: boolean;
}

/** The names of the options that other tunings do not have, as Commander knows them. */
export const rewardNames: readonly string[] = ['centering', 'margins'];

export const addRewardSettings = (verb: Verb): Verb =>
  addSettings(verb, { one: 'pair', many: 'pairs', rows: 'pairs' })
    .addOption(new Option('--centering <w>', 'the weight of the squared sum of both rewards, which keeps them around 0, such as 0.01 (default: 0)').argParser(weight))
    .option('--margins', 'pairs with a "margin" have to differ by that much');

export const rewardSettings = (options: RewardFlags, counts: Chosen): Partial<RewardSettings> => ({ ...chosenOf(options, ['centering'], counts), ...(counts('margins') && { margins: options.margins === true }) });

/** As they stand in a recipe. */
export const rewardFields: Readonly<Record<Exclude<keyof RewardSettings, keyof TuningSettings>, Field>> = { centering: optional(number(0, factors.most)), margins: flag };
