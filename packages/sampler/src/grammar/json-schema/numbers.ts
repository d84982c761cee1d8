// Expressions for JSON numbers, with and without limits. A number with limits is written without an exponent, so that comparing it with a
// limit means comparing digits from the left, which an automaton can do.
import { characters, choice, EMPTY, type Expression, literal, NOTHING, optional, repeat, sequence } from '../expression.js';

/** The number of digits that a float64 holds exactly; also the most digits that a model can write in one number. */
export const MAX_DIGITS = 15;

const digits = (from: number, to: number): Expression => (from > to ? NOTHING : characters([48 + from, 48 + to]));
const DIGIT = digits(0, 9);
const upToDigits = (count: number): Expression => repeat(DIGIT, 0, count);
const FREE_INTEGER = sequence(optional(literal('-')), choice(literal('0'), sequence(digits(1, 9), upToDigits(MAX_DIGITS - 1))));
const FRACTION = sequence(literal('.'), repeat(DIGIT, 1, MAX_DIGITS));
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const E = characters([69, 69], [101, 101]);
const PLUS = optional(literal('+'));
// A number without limits may have more digits than a float64 holds, as others write them, and any exponent that does not overflow.
const FREE_FRACTION = sequence(literal('.'), repeat(DIGIT, 1, 20));
const FREE_EXPONENT = sequence(E, choice(
  sequence(PLUS, choice(repeat(DIGIT, 1, 2), sequence(literal('1'), DIGIT, DIGIT), sequence(literal('2'), digits(0, 8), DIGIT))),
  sequence(literal('-'), choice(repeat(DIGIT, 1, 2), sequence(digits(1, 2), DIGIT, DIGIT), sequence(literal('3'), digits(0, 2), DIGIT))),
));
/** The exponents of numbers with limits, and the exponents from which on JavaScript writes them. */
const MAX_EXPONENT = 299;
const LARGE_EXPONENT = 21;
const SMALL_EXPONENT = -7;

/** One end of a range of numbers. */
export interface Limit {
  readonly value: number;
  /** Whether the value itself is excluded. */
  readonly exclusive: boolean;
}

export interface NumberRange {
  readonly integer: boolean;
  readonly low?: Limit;
  readonly high?: Limit;
}

/**
 * Integers of up to 15 digits; with limits, up to 2^53 - 1. Other numbers have up to 20 digits after the point and an exponent up to 289;
 * with limits up to 15 digits and, where they are at least 1e21 or less than 1e-6, an exponent behind one digit before the point.
 */
export function numberExpression({ integer, low, high }: NumberRange): Expression {
  if (low === undefined && high === undefined) return integer ? FREE_INTEGER : sequence(FREE_INTEGER, optional(FREE_FRACTION), optional(FREE_EXPONENT));
  if (low !== undefined && high !== undefined && low.value > high.value) return NOTHING;
  // -0 is excluded, because not every JSON parser keeps its sign.
  const negated = (limit: Limit | undefined): Limit | undefined => limit && { ...limit, value: -limit.value };
  const positive = high !== undefined && high.value < 0 ? NOTHING : magnitude(integer, floorAtZero(low), high);
  const aboveZero = (limit: Limit | undefined): Limit => (limit !== undefined && limit.value > 0 ? limit : { value: 0, exclusive: true });
  const negative = low !== undefined && low.value >= 0 ? NOTHING : sequence(literal('-'), magnitude(integer, aboveZero(negated(high)), negated(low)));
  return choice(positive, negative);
}

const floorAtZero = (limit: Limit | undefined): Limit => (limit !== undefined && limit.value >= 0 ? limit : { value: 0, exclusive: false });

/** Non-negative numbers within non-negative limits. */
function magnitude(integer: boolean, low: Limit, high: Limit | undefined): Expression {
  const from = toDecimal(low.value);
  const to = high && toDecimal(high.value);
  if (integer) {
    const first = from.fraction === '' && !low.exclusive ? from.whole : from.whole + 1n;
    const last = to && (to.fraction === '' && high!.exclusive ? to.whole - 1n : to.whole);
    return wholeBetween(first, last);
  }
  return choice(plain(from, to, low, high), scientific(low, high));
}

const SMALL_WHOLE = 10n ** 8n - 1n;
const SMALL_ROOM = MAX_DIGITS - SMALL_WHOLE.toString().length;

/** Without exponent. */
function plain(from: Decimal, to: Decimal | undefined, low: Limit, high: Limit | undefined): Expression {
  if (to === undefined) {
    return choice(wholeAndFraction(from.whole, from.fraction, undefined, low.exclusive, false), sequence(wholeBetween(from.whole + 1n, undefined), optional(FRACTION)));
  }
  if (to.whole === from.whole) return wholeAndFraction(from.whole, from.fraction, to.fraction, low.exclusive, high!.exclusive);
  const room = roomBehind(to.whole);
  // The digits that a float64 holds are fewer behind a large number; smaller ones have the room that they need.
  const smaller = room < SMALL_ROOM && from.whole < SMALL_WHOLE ? sequence(wholeBetween(from.whole + 1n, SMALL_WHOLE), literal('.'), repeat(DIGIT, 1, SMALL_ROOM)) : NOTHING;
  return choice(
    wholeAndFraction(from.whole, from.fraction, undefined, low.exclusive, false),
    smaller,
    sequence(wholeBetween(from.whole + 1n, to.whole - 1n), room === 0 ? EMPTY : optional(sequence(literal('.'), repeat(DIGIT, 1, room)))),
    wholeAndFraction(to.whole, '', to.fraction, false, high!.exclusive),
  );
}

/** The number of digits allowed after the point so that a float64 holds all digits: with more, rounding could push a number over its limit. */
const roomBehind = (whole: bigint): number => Math.max(0, MAX_DIGITS - whole.toString().length);

function wholeAndFraction(whole: bigint, from: string, to: string | undefined, fromExclusive: boolean, toExclusive: boolean): Expression {
  const alone = from === '' && !fromExclusive && !(to === '' && toExclusive) ? EMPTY : NOTHING;
  const room = roomBehind(whole);
  const fraction = room === 0 ? NOTHING : sequence(literal('.'), fractionDigits(from, to, fromExclusive, toExclusive, room, true));
  return sequence(literal(whole.toString()), choice(alone, fraction));
}

/** Positive numbers with one digit before the point and an exponent: limits compare by their exponents, then by what stands before those. */
function scientific(low: Limit, high: Limit | undefined): Expression {
  const from = low.value === 0 ? { mantissa: 1, exponent: -MAX_EXPONENT } : parts(low.value);
  if (high?.value === 0) return NOTHING;
  const to = high && parts(high.value);
  const mantissa = (least: Limit, most: Limit): Expression => least.value === 1 && !least.exclusive && most === TEN ? MANTISSA : plain(toDecimal(least.value), toDecimal(most.value), least, most);
  const least: Limit = { value: from.mantissa, exclusive: low.exclusive && low.value > 0 };
  const most: Limit = to === undefined ? TEN : { value: to.mantissa, exclusive: high!.exclusive };
  const written: Expression[] = [];
  const add = (mantissas: () => Expression, first: number, last: number): void => {
    for (const [start, end] of [[Math.max(first, -MAX_EXPONENT), Math.min(last, SMALL_EXPONENT)], [Math.max(first, LARGE_EXPONENT), Math.min(last, MAX_EXPONENT)]]) {
      if (start > end) continue;
      const size = wholeBetween(BigInt(start < 0 ? -end : start), BigInt(start < 0 ? -start : end));
      written.push(sequence(mantissas(), E, start < 0 ? literal('-') : PLUS, size));
    }
  };
  if (to !== undefined && from.exponent === to.exponent) {
    if (least.value < most.value || (least.value === most.value && !least.exclusive && !most.exclusive)) add(() => mantissa(least, most), from.exponent, from.exponent);
  } else {
    const last = to?.exponent ?? MAX_EXPONENT + 1;
    add(() => mantissa(least, TEN), from.exponent, from.exponent);
    add(() => MANTISSA, from.exponent + 1, last - 1);
    if (to !== undefined && !(most.value === 1 && most.exclusive)) add(() => mantissa({ value: 1, exclusive: false }, most), last, last);
  }
  return choice(...written);
}

const TEN: Limit = { value: 10, exclusive: true };
const MANTISSA = sequence(digits(1, 9), optional(sequence(literal('.'), repeat(DIGIT, 1, MAX_DIGITS - 1))));

/** A positive number as mantissa * 10^exponent, with a mantissa from 1 to below 10. */
function parts(value: number): { mantissa: number; exponent: number } {
  const [mantissa, exponent] = value.toExponential().split('e');
  return { mantissa: Number(mantissa), exponent: Number(exponent) };
}

/** Integers from `first` to `last` (or of up to 15 digits) without leading zeros. */
function wholeBetween(first: bigint, last: bigint | undefined): Expression {
  const digitsOnly = 10n ** BigInt(Math.max(MAX_DIGITS, first.toString().length)) - 1n;
  const longest = last !== undefined && digitsOnly < MAX_SAFE ? MAX_SAFE : digitsOnly;
  const limit = last === undefined || last > longest ? longest : last;
  const parts: Expression[] = [];
  for (let length = first.toString().length; length <= limit.toString().length; length++) {
    const smallest = length === 1 ? 0n : 10n ** BigInt(length - 1);
    const largest = 10n ** BigInt(length) - 1n;
    const from = first > smallest ? first : smallest;
    const to = limit < largest ? limit : largest;
    if (from <= to) parts.push(digitsBetween(from.toString(), to.toString()));
  }
  return choice(...parts);
}

/** Strings of digits between two strings of the same length, compared from the left. */
function digitsBetween(from: string, to: string): Expression {
  if (from === to) return literal(from);
  const a = Number(from[0]);
  const b = Number(to[0]);
  const [fromRest, toRest] = [from.slice(1), to.slice(1)];
  if (a === b) return sequence(literal(from[0]), digitsBetween(fromRest, toRest));
  // If the remaining digits are unrestricted, the first digit joins the range between the limits.
  const fromIsFree = /^0*$/.test(fromRest);
  const toIsFree = /^9*$/.test(toRest);
  const rest = repeat(DIGIT, from.length - 1, from.length - 1);
  const parts = [sequence(digits(fromIsFree ? a : a + 1, toIsFree ? b : b - 1), rest)];
  if (!fromIsFree) parts.push(sequence(literal(from[0]), digitsBetween(fromRest, '9'.repeat(fromRest.length))));
  if (!toIsFree) parts.push(sequence(literal(to[0]), digitsBetween('0'.repeat(toRest.length), toRest)));
  return choice(...parts);
}

/** The digits of a fraction, compared with the limits from the left; at least one digit if `first`. */
function fractionDigits(from: string | undefined, to: string | undefined, fromExclusive: boolean, toExclusive: boolean, room: number, first = false): Expression {
  // Neither limit restricts the remaining digits.
  if (from === undefined && to === undefined) return first ? repeat(DIGIT, 1, room) : upToDigits(room);
  // The number may end here if zeros from here on satisfy what is left of both limits.
  const low = from === undefined || (from === '' && !fromExclusive);
  const high = to === undefined || to !== '' || !toExclusive;
  const parts: Expression[] = low && high && !first ? [EMPTY] : [];
  if (room === 0) return choice(...parts);
  const a = from === undefined ? 0 : Number(from[0] ?? '0');
  const b = to === undefined ? 9 : Number(to[0] ?? '0');
  // After a digit between the two limits, neither matters any more; after a limit's own digit, the comparison continues.
  parts.push(sequence(digits(from === undefined ? a : a + 1, to === undefined ? b : b - 1), upToDigits(room - 1)));
  if (from !== undefined && a <= b) parts.push(sequence(digits(a, a), fractionDigits(from.slice(1), a === b ? to?.slice(1) : undefined, fromExclusive, toExclusive, room - 1)));
  if (to !== undefined && (from === undefined || a < b)) parts.push(sequence(digits(b, b), fractionDigits(undefined, to.slice(1), fromExclusive, toExclusive, room - 1)));
  return choice(...parts);
}

interface Decimal {
  readonly whole: bigint;
  /** Digits behind the point, without zeros at the end. */
  readonly fraction: string;
}

/** A non-negative number in decimal notation without exponent. */
export function toDecimal(value: number): Decimal {
  const [mantissa, exponentText = '0'] = String(value).split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const exponent = Number(exponentText);
  const all = whole + fraction;
  const point = whole.length + exponent;
  const padded = point <= 0 ? '0'.repeat(1 - point) + all : all.padEnd(point, '0');
  const cut = point <= 0 ? 1 : point;
  return { whole: BigInt(padded.slice(0, cut)), fraction: padded.slice(cut).replace(/0+$/, '') };
}
