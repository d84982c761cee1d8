// All signs that can be drawn. A sign's strokes are parsed on first use.

import { digitStrokes } from './digits.js';
import { letterStrokes } from './letters.js';
import { parseVariant, type SignVariant } from './notation.js';

/** `'0'` to `'9'`. */
export const digitSigns: readonly string[] = Object.freeze([...'0123456789']);
/** `'A'` to `'Z'`. */
export const letterSigns: readonly string[] = Object.freeze([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']);

const written = new Map(Object.entries({ ...digitStrokes, ...letterStrokes }));
const parsed = new Map<string, readonly SignVariant[]>();

/**
 * The ways in which a sign is written.
 *
 * @throws RangeError if this package does not have the sign
 */
export function variantsOf(sign: string): readonly SignVariant[] {
  const known = parsed.get(sign);
  if (known) return known;
  const texts = written.get(sign);
  if (!texts) throw new RangeError(`there is no sign ${JSON.stringify(sign) ?? String(sign)}: expected one of ${[...digitSigns, ...letterSigns].join(' ')}`);
  const variants = texts.map(parseVariant);
  parsed.set(sign, variants);
  return variants;
}
