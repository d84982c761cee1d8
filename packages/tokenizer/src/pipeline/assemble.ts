// Turns the tokens of one or two texts into the input of the model: truncates them, puts them into the template, and pads them. The
// functions are generic, so that plain ids and detailed tokens share them.

import type { TemplatePart } from '../post-processors/post-processor.js';
import type { Padding, Truncation } from '../core/limits.js';

/** The kept part of a list, and what was cut off, in parts of the same length. */
export interface Truncated<T> {
  kept: T[];
  overflowing: T[][];
}

/**
 * @param added  the number of tokens that the template adds
 * @throws {RangeError} when the template alone is too long, the stride is not below the length, or the text to shorten is too short
 */
export function truncate<T>(sequences: readonly T[][], options: Required<Truncation>, added: number): Truncated<T>[] {
  const { strategy, stride, side } = options;
  const room = options.maxLength - added;
  if (room < 0) throw new RangeError(`truncation.maxLength is ${options.maxLength}; expected at least ${added}, the tokens that are added around the text.`);
  const lengths = sequences.map((sequence) => sequence.length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total <= room) return sequences.map((kept) => ({ kept, overflowing: [] }));
  return sequences.map((sequence, i) => cut(sequence, targetLengths(lengths, total, room, strategy)[i], stride, side));
}

function targetLengths(lengths: readonly number[], total: number, room: number, strategy: Required<Truncation>['strategy']): number[] {
  if (strategy !== 'longest-first') {
    const index = strategy === 'only-first' ? 0 : 1;
    if (index >= lengths.length) throw new RangeError(`truncation.strategy is '${strategy}', but there is no second text; give a pair.`);
    const target = lengths[index] - (total - room);
    if (target <= 0) throw new RangeError(`Cannot truncate to ${room} tokens of text: the one text to shorten has only ${lengths[index]}.`);
    return lengths.map((length, i) => (i === index ? target : length));
  }
  if (lengths.length === 1) return [room];
  const [shorter, longer] = [...lengths].sort((a, b) => a - b);
  let targets = [shorter, shorter > room ? shorter : Math.max(shorter, room - shorter)];
  if (targets[0] + targets[1] > room) targets = [Math.floor(room / 2), Math.floor(room / 2) + (room % 2)];
  targets = [Math.min(targets[0], shorter), Math.min(targets[1], longer)];
  return lengths[0] > lengths[1] ? [targets[1], targets[0]] : targets;
}

function cut<T>(sequence: T[], length: number, stride: number, side: Required<Truncation>['side']): Truncated<T> {
  if (sequence.length <= length) return { kept: sequence, overflowing: [] };
  if (length === 0) return { kept: [], overflowing: [sequence] };
  if (stride >= length) throw new RangeError(`truncation.stride is ${stride}; expected less than ${length}, the tokens of text that are left.`);
  const parts: T[][] = [];
  for (let done = 0; ; done += length - stride) {
    const end = Math.min(done + length, sequence.length);
    parts.push(side === 'right' ? sequence.slice(done, end) : sequence.slice(sequence.length - end, sequence.length - done));
    if (end === sequence.length) break;
  }
  const [kept, ...overflowing] = parts;
  return { kept, overflowing };
}

/** Inserts the texts into the template. */
export function fillTemplate<T>(
  template: readonly TemplatePart[],
  sequences: readonly T[][],
  addSpecialTokens: boolean,
  make: { special(part: Extract<TemplatePart, { ids: unknown }>): readonly T[]; typed(tokens: readonly T[], typeId: number): readonly T[] },
): T[] {
  const parts = template.map((part) => {
    if ('ids' in part) return addSpecialTokens ? make.special(part) : [];
    return make.typed(sequences[part.sequence], part.typeId);
  });
  return ([] as T[]).concat(...parts);
}

/** The number of tokens that a template adds. */
export function addedBy(template: readonly TemplatePart[]): number {
  return template.reduce((sum, part) => sum + ('ids' in part ? part.ids.length : 0), 0);
}

/** The length to pad to; `longest` is the length of the longest list. */
export function paddedLength(longest: number, { length, multipleOf }: Required<Padding>): number {
  return Math.ceil((length === 'longest' ? longest : length) / multipleOf) * multipleOf;
}

export function pad<T>(tokens: T[], length: number, { side }: Required<Padding>, filler: T): T[] {
  if (tokens.length >= length) return tokens;
  const filling = Array.from({ length: length - tokens.length }, () => filler);
  return side === 'right' ? [...tokens, ...filling] : [...filling, ...tokens];
}
