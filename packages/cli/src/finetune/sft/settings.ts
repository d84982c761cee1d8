// What defines a supervised tuning besides what every tuning has: replay, what is learned of an example, and packing.
import { Option } from 'commander';
import type { Context } from '../../context.js';
import { fullPath } from '../../files/paths.js';
import type { Verb } from '../../grammar/verb.js';
import { decimal } from '../../options/parse.js';
import { sharedFile } from '../../options/shared-file.js';
import { type Field, flag, isNumber, oneOf, optional, text } from '../field.js';
import { addSettings, chosenOf, type Chosen, type SettingFlags, type TuningSettings } from '../settings.js';

export const LEARN = ['assistant', 'completion', 'all'] as const;

/** All paths are full. */
export interface SupervisedSettings extends TuningSettings {
  /** Text of the base that is mixed in. */
  replay?: { file: string; share: number };
  /** Text of the base that is only measured. */
  baseText?: string;
  learn: (typeof LEARN)[number];
  packed: boolean;
}

/** The options as they are typed. */
export interface SupervisedFlags extends SettingFlags {
  replay?: string;
  baseText?: string;
  learn: SupervisedSettings['learn'];
  pack: boolean;
}

/** The names of the options that other tunings do not have, as Commander knows them. */
export const supervisedNames: readonly string[] = ['replay', 'baseText', 'learn', 'pack', 'loraDropout'];

export function addSupervisedSettings<V extends Verb>(verb: V): V {
  return addSettings(verb, { one: 'example', many: 'examples', rows: 'rows' })
    .addOption(new Option('--lora-dropout <share>', 'share of the inputs of an adapter dropped in training (default: 0)').argParser(decimal(0, 1, { below: true })))
    .option('--replay <file>', 'text like that of the base, mixed in so that it is not forgotten; FILE:0.5 for half of all rows, which is also the default')
    .option('--base-text <file>', 'text like that of the base, only to measure how much is forgotten')
    .addOption(new Option('--learn <what>', 'what is learned of a conversation: all answers of the assistant, the last one alone (completion), or everything').choices(LEARN).default('assistant'))
    .option('--no-pack', 'one example in each row, instead of as many as fit')
    .needs(['loraDropout'], 'lora')
    .excludes(['baseText'], 'replay');
}

export async function supervisedSettings({ io: { cwd } }: Context, options: SupervisedFlags, counts: Chosen): Promise<Partial<SupervisedSettings>> {
  const replay = options.replay === undefined ? undefined : await sharedFile(cwd, options.replay);
  return {
    ...(replay && { replay: { file: fullPath(cwd, replay.path), share: replay.share } }),
    ...(options.baseText !== undefined && { baseText: fullPath(cwd, options.baseText) }),
    ...chosenOf(options, ['learn'], counts),
    ...(counts('pack') && { packed: options.pack }),
  };
}

/** As they stand in a recipe. */
export const supervisedFields: Readonly<Record<Exclude<keyof SupervisedSettings, keyof TuningSettings>, Field>> = {
  replay: optional({ expected: 'file and share', holds: (value) => typeof Object(value).file === 'string' && isNumber(0.01, 0.99)(Object(value).share) }),
  baseText: optional({ expected: 'a path', holds: text.holds }),
  learn: oneOf(LEARN),
  packed: flag,
};
