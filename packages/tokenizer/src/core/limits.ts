// Defines the options of truncation and padding, checks them and fills in their defaults.

import { checkOptions } from '@kk/options';
import { checkInteger } from './check-integer.js';
import { quote } from '../text/well-formed.js';

export interface Truncation {
  /** The maximum number of ids, including those of the template. At least 0. */
  maxLength: number;
  /** How many ids each overflowing part repeats from the part before. Must be below the number of ids left for the text. Default 0. */
  stride?: number;
  /** Which of two texts to shorten: the longer one, the first or the second. Default 'longest-first'. */
  strategy?: TruncationStrategy;
  /** Which end is cut off. Default 'right'. */
  side?: Side;
}

export interface Padding {
  /** The minimum number of ids; 'longest': the length of the longest text in the batch. Default 'longest'. */
  length?: number | 'longest';
  /** The length is rounded up to a multiple of this number. Default 1. */
  multipleOf?: number;
  /** The padding token; its id is used unless `id` is given. Default `[PAD]`. */
  token?: string;
  /** The padding id. Default: the id of `token`. */
  id?: number;
  /** The type id of padding. Default 0. */
  typeId?: number;
  /** Which end is padded. Default 'right'. */
  side?: Side;
}

export const truncationStrategies = ['longest-first', 'only-first', 'only-second'] as const;
export type TruncationStrategy = (typeof truncationStrategies)[number];
export const sides = ['right', 'left'] as const;
export type Side = (typeof sides)[number];

const truncationNames: Readonly<Record<keyof Truncation, true>> = { maxLength: true, stride: true, strategy: true, side: true };
const paddingNames: Readonly<Record<keyof Padding, true>> = { length: true, multipleOf: true, token: true, id: true, typeId: true, side: true };

/** @throws {RangeError} naming the option that is out of its range; {TypeError} naming one that is misspelt */
export function checkTruncation(options: Truncation): Required<Truncation> {
  const { maxLength, stride = 0, strategy = 'longest-first', side = 'right' } = checkObject('truncation', options, truncationNames);
  checkInteger('truncation.maxLength', maxLength, 0);
  checkInteger('truncation.stride', stride, 0);
  checkChoice('truncation.strategy', strategy, truncationStrategies);
  checkChoice('truncation.side', side, sides);
  return { maxLength, stride, strategy, side };
}

/** @throws {RangeError} naming the option that is out of its range, or the token that has no id */
export function checkPadding(options: Padding, idOf: (token: string) => number | undefined): Required<Padding> {
  const { length = 'longest', multipleOf = 1, token = '[PAD]', typeId = 0, side = 'right' } = checkObject('padding', options, paddingNames);
  if (length !== 'longest') checkInteger('padding.length', length, 0);
  checkInteger('padding.multipleOf', multipleOf, 1);
  checkInteger('padding.typeId', typeId, 0);
  checkChoice('padding.side', side, sides);
  const id = options.id ?? idOf(token);
  if (id === undefined) throw new RangeError(`padding needs an id: the token ${quote(token)} is not in the vocabulary; name another one with padding.token, or give padding.id.`);
  return { length, multipleOf, token, id: checkInteger('padding.id', id, 0), typeId, side };
}

function checkObject<T extends object>(name: string, value: T, names: Readonly<Record<keyof T, true>>): T {
  if (value === null || typeof value !== 'object') throw new TypeError(`${name} is ${quote(value)}; expected an object, or false.`);
  checkOptions<T>(name, value, names as never);
  return value;
}

function checkChoice<T extends string>(name: string, value: T, choices: readonly T[]): void {
  if (!choices.includes(value)) throw new RangeError(`${name} is ${quote(value)}; expected ${choices.map(quote).join(' or ')}.`);
}
