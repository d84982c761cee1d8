// Expressions for JSON numbers, with and without limits. A number with limits is written without an exponent, so that comparing it with a
// limit means comparing digits from the left, which an automaton can do.
import { characters, choice, EMPTY, type Expression, literal, NOTHING, optional, repeat, sequence } from '../expression.js';

/** The number of digits that a float64 always holds exactly. */
export const MAX_DIGITS = 15;
/** JavaScript writes integers below 1e21, and fractions of numbers from 1e-6 on, without an exponent: these are their digits at most. */
const MAX_WHOLE = 21;
const MAX_FRACTION = 22;

const digits = (from: number, to: number): Expression => (from > to ? NOTHING : characters([48 + from, 48 + to]));
const DIGIT = digits(0, 9);
const upToDigits = (count: number): Expression => repeat(DIGIT, 0, count);
const FREE_INTEGER = sequence(optional(literal('-')), choice(literal('0'), sequence(digits(1, 9), upToDigits(MAX_WHOLE - 1))));
const FRACTION = sequence(literal('.'), repeat(DIGIT, 1, MAX_FRACTION));
const E = characters([69, 69], [101, 101]);
const PLUS = optional(literal('+'));
// A number without limits may have any exponent that does not overflow behind these digits.
const FREE_EXPONENT = sequence(E, choice(
  sequence(PLUS, choice(repeat(DIGIT, 1, 2), sequence(literal('1'), DIGIT, DIGIT), sequence(literal('2'), digits(0, 7), DIGIT), sequence(literal('28'), digits(0, 7)))),
  sequence(literal('-'), choice(repeat(DIGIT, 1, 2), sequence(digits(1, 2), DIGIT, DIGIT), sequence(literal('3'), digits(0, 2), DIGIT))),
));
/** The exponents of numbers with limits, and the exponents from which on JavaScript writes them. */
const MAX_EXPONENT = 307;
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
 * Integers of up to 21 digits, or of as many as the lower limit has; more would not stay finite for ever, and JavaScript writes no longer ones.
 * Other numbers also have up to 22 digits after the point; without limits, an exponent from -329 to 287; with limits, where they are at least
 * 1e21 or less than 1e-6, an exponent behind one digit before the point. Where a limit other than 0 is excluded, they have up to 15 digits in
 * all around it: longer ones could be rounded to it. Included limits need no such care, for rounding keeps the order of numbers.
 */
export function numberExpression({ integer, low, high }: NumberRange): Expression {
  if (low === undefined && high === undefined) return integer ? FREE_INTEGER : sequence(FREE_INTEGER, optional(FRACTION), optional(FREE_EXPONENT));
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
function magnitude(integer: boolean, lower: Limit, upper: Limit | undefined): Expression {
  const low = withoutRounding(lower, 1n);
  const high = upper && withoutRounding(upper, -1n);
  const from = toDecimal(low.value);
  const to = high && toDecimal(high.value);
  if (integer) {
    const first = from.fraction === '' && !low.exclusive ? from.whole : from.whole + 1n;
    const last = to && (to.fraction === '' && high!.exclusive ? to.whole - 1n : to.whole);
    return wholeBetween(first, last);
  }
  const strict = (low.exclusive && low.value > 0) || high?.exclusive === true;
  return choice(plain(from, to, low, high, strict), scientific(low, high, strict));
}

/** An excluded limit to which other integers are rounded, as the included float64 beside it (`step` 1n above, -1n below). */
function withoutRounding({ value, exclusive }: Limit, step: bigint): Limit {
  if (!exclusive || value <= Number.MAX_SAFE_INTEGER) return { value, exclusive };
  const [bits] = new BigUint64Array(Float64Array.of(value).buffer);
  const [beside] = new Float64Array(BigUint64Array.of(bits + step).buffer);
  return { value: Math.min(beside, Number.MAX_VALUE), exclusive: beside === Infinity };
}

const SMALL_WHOLE = 10n ** 8n - 1n;
const SMALL_ROOM = MAX_DIGITS - SMALL_WHOLE.toString().length;

/** Without exponent; `strict` for so few digits that none is rounded to a limit. */
function plain(from: Decimal, to: Decimal | undefined, low: Pick<Limit, 'exclusive'>, high: Pick<Limit, 'exclusive'> | undefined, strict: boolean): Expression {
  if (to === undefined) {
    return choice(wholeAndFraction(from.whole, from.fraction, undefined, low.exclusive, false, strict), sequence(wholeBetween(from.whole + 1n, undefined), optional(FRACTION)));
  }
  if (to.whole === from.whole) return wholeAndFraction(from.whole, from.fraction, to.fraction, low.exclusive, high!.exclusive, strict);
  const room = roomBehind(to.whole, strict);
  // The digits that a float64 holds are fewer behind a large number; smaller ones have the room that they need.
  const smaller = room < SMALL_ROOM && from.whole < SMALL_WHOLE ? sequence(wholeBetween(from.whole + 1n, SMALL_WHOLE), literal('.'), repeat(DIGIT, 1, SMALL_ROOM)) : NOTHING;
  return choice(
    wholeAndFraction(from.whole, from.fraction, undefined, low.exclusive, false, strict),
    smaller,
    sequence(wholeBetween(from.whole + 1n, to.whole - 1n), room === 0 ? EMPTY : optional(sequence(literal('.'), repeat(DIGIT, 1, room)))),
    wholeAndFraction(to.whole, '', to.fraction, false, high!.exclusive, strict),
  );
}

/** The number of digits allowed after the point; if `strict`, so that a float64 holds all digits: with more, rounding could lead to an excluded limit. */
const roomBehind = (whole: bigint, strict: boolean): number => (strict ? Math.max(0, MAX_DIGITS - whole.toString().length) : MAX_FRACTION);

function wholeAndFraction(whole: bigint, from: string, to: string | undefined, fromExclusive: boolean, toExclusive: boolean, strict: boolean): Expression {
  const alone = from === '' && !fromExclusive && !(to === '' && toExclusive) ? EMPTY : NOTHING;
  const room = roomBehind(whole, strict);
  const fraction = room === 0 ? NOTHING : sequence(literal('.'), fractionDigits(from, to, fromExclusive, toExclusive, room, true));
  return sequence(literal(whole.toString()), choice(alone, fraction));
}

/** Positive numbers with one digit before the point and an exponent: limits compare by their exponents, then by what stands before those. */
function scientific(low: Limit, high: Limit | undefined, strict: boolean): Expression {
  const from = low.value === 0 ? { mantissa: ONE, exponent: -MAX_EXPONENT } : parts(low.value);
  if (high?.value === 0) return NOTHING;
  const to = high && parts(high.value);
  const mantissa = (least: Bound, most: Bound): Expression => plain(least.decimal, most.decimal, least, most, strict);
  const least: Bound = { decimal: from.mantissa, exclusive: low.exclusive && low.value > 0 };
  const most: Bound = to === undefined ? TEN : { decimal: to.mantissa, exclusive: high!.exclusive };
  const written: Expression[] = [];
  const add = (mantissas: () => Expression, first: number, last: number): void => {
    const sizes: Expression[] = [];
    for (const [start, end] of [[Math.max(first, -MAX_EXPONENT), Math.min(last, SMALL_EXPONENT)], [Math.max(first, LARGE_EXPONENT), Math.min(last, MAX_EXPONENT)]]) {
      if (start > end) continue;
      const size = wholeBetween(BigInt(start < 0 ? -end : start), BigInt(start < 0 ? -start : end));
      sizes.push(sequence(start < 0 ? literal('-') : PLUS, size));
    }
    if (sizes.length > 0) written.push(sequence(mantissas(), E, choice(...sizes)));
  };
  if (to !== undefined && from.exponent === to.exponent) {
    if (low.value < high!.value || (low.value === high!.value && !least.exclusive && !most.exclusive)) add(() => mantissa(least, most), from.exponent, from.exponent);
  } else {
    const last = to?.exponent ?? MAX_EXPONENT + 1;
    const allFrom = isOne(least.decimal) && !least.exclusive ? from.exponent : from.exponent + 1;
    if (allFrom > from.exponent) add(() => mantissa(least, TEN), from.exponent, from.exponent);
    add(() => (strict ? STRICT_MANTISSA : MANTISSA), allFrom, last - 1);
    if (to !== undefined && !(isOne(most.decimal) && most.exclusive)) add(() => mantissa({ decimal: ONE, exclusive: false }, most), last, last);
  }
  return choice(...written);
}

/** One end of a range of mantissas. Their digits may be one more than a number keeps without the exponent. */
interface Bound {
  readonly decimal: Decimal;
  readonly exclusive: boolean;
}

const ONE: Decimal = { whole: 1n, fraction: '' };
const TEN: Bound = { decimal: { whole: 10n, fraction: '' }, exclusive: true };
const isOne = ({ whole, fraction }: Decimal): boolean => whole === 1n && fraction === '';
const mantissaOf = (places: number): Expression => sequence(digits(1, 9), optional(sequence(literal('.'), repeat(DIGIT, 1, places))));
const MANTISSA = mantissaOf(MAX_DIGITS + 1); // 17 digits tell all float64 apart
const STRICT_MANTISSA = mantissaOf(MAX_DIGITS - 1);

/** A positive number as mantissa * 10^exponent, with a mantissa from 1 to below 10. */
function parts(value: number): { mantissa: Decimal; exponent: number } {
  const [mantissa, exponent] = value.toExponential().split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  return { mantissa: { whole: BigInt(whole), fraction }, exponent: Number(exponent) };
}

/** Integers from `first` to `last` (or of up to 21 digits, or as many as `first` has) without leading zeros. */
function wholeBetween(first: bigint, last?: bigint): Expression {
  const shortest = first.toString().length;
  const longest = 10n ** BigInt(Math.max(MAX_WHOLE, shortest)) - 1n;
  const limit = last === undefined || last > longest ? longest : last;
  if (first > limit) return NOTHING;
  const most = limit.toString();
  if (shortest === most.length) return digitsBetween(first.toString(), most);
  // Between the lengths of the two limits, all digits are free: there, one repetition stands for all lengths.
  const lastIsFree = /^9*$/.test(most);
  const parts = [digitsBetween(first.toString(), '9'.repeat(shortest))];
  const free = lastIsFree ? most.length : most.length - 1;
  if (free > shortest) parts.push(sequence(digits(1, 9), repeat(DIGIT, shortest, free - 1)));
  if (!lastIsFree) parts.push(digitsBetween(`1${'0'.repeat(most.length - 1)}`, most));
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
  // A lower limit whose digits are over restricts no others.
  if (from === '' && !fromExclusive) return fractionDigits(undefined, to, false, toExclusive, room, first);
  // Neither limit restricts the remaining digits.
  if (from === undefined && to === undefined) return first ? repeat(DIGIT, 1, room) : upToDigits(room);
  // The number may end here if zeros from here on satisfy what is left of both limits.
  const low = from === undefined;
  const high = to === undefined || to !== '' || !toExclusive;
  const parts: Expression[] = low && high && !first ? [EMPTY] : [];
  if (room === 0) return choice(...parts);
  const a = from === undefined ? 0 : Number(from[0] ?? '0');
  const b = to === undefined ? 9 : Number(to[0] ?? '0');
  // After a digit between the two limits, neither matters any more; after a limit's own digit, the comparison continues.
  const [afterLow, beforeHigh] = [from === undefined ? a : a + 1, to === undefined ? b : b - 1];
  if (afterLow <= beforeHigh) parts.push(sequence(digits(afterLow, beforeHigh), upToDigits(room - 1)));
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
