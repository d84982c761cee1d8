// Reads and writes the truncation and padding fields of tokenizer.json.

import type { Padding, Truncation } from './limits.js';
import type { JsonField } from './json-field.js';

const LONGEST = 0xffff_ffff;
const strategies = { LongestFirst: 'longest-first', OnlyFirst: 'only-first', OnlySecond: 'only-second' } as const;
const directions = { Right: 'right', Left: 'left' } as const;

export function readTruncation(field: JsonField): Truncation | undefined {
  if (field.isAbsent) return undefined;
  return {
    maxLength: field.get('max_length').integer(0, LONGEST),
    stride: field.get('stride').isAbsent ? 0 : field.get('stride').integer(0, LONGEST),
    strategy: strategies[field.get('strategy').choice(keysOf(strategies), 'LongestFirst')],
    side: directions[field.get('direction').choice(keysOf(directions), 'Right')],
  };
}

export function readPadding(field: JsonField, vocabSize: number): Padding | undefined {
  if (field.isAbsent) return undefined;
  const strategy = field.get('strategy');
  const multiple = field.get('pad_to_multiple_of');
  return {
    length: strategy.value === 'BatchLongest' ? 'longest' : strategy.get('Fixed').integer(0, LONGEST),
    multipleOf: multiple.isAbsent ? 1 : multiple.integer(1, LONGEST),
    token: field.get('pad_token').string(),
    id: field.get('pad_id').integer(0, vocabSize - 1),
    typeId: field.get('pad_type_id').integer(0, 0xffff),
    side: directions[field.get('direction').choice(keysOf(directions), 'Right')],
  };
}

export function truncationJSON({ maxLength, stride = 0, strategy = 'longest-first', side = 'right' }: Truncation): object {
  return { direction: keyOf(directions, side), max_length: maxLength, strategy: keyOf(strategies, strategy), stride };
}

export function paddingJSON({ length = 'longest', multipleOf = 1, token = '[PAD]', id = 0, typeId = 0, side = 'right' }: Padding): object {
  return {
    strategy: length === 'longest' ? 'BatchLongest' : { Fixed: length },
    direction: keyOf(directions, side),
    pad_to_multiple_of: multipleOf === 1 ? null : multipleOf,
    pad_id: id,
    pad_type_id: typeId,
    pad_token: token,
  };
}

function keysOf<K extends string>(names: Readonly<Record<K, string>>): K[] {
  return Object.keys(names) as K[];
}

function keyOf(names: Readonly<Record<string, string>>, value: string): string {
  return Object.keys(names).find((key) => names[key] === value) as string;
}
