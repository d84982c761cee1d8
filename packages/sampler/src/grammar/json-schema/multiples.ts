// multipleOf: an automaton divides while it reads digits from the left, and keeps only the remainder.
import { type AutomatonState, type CharacterAutomaton, characters, choice, type CodePointRange, type Expression, literal, optional, repeat, sequence } from '../expression.js';
import { MAX_DIGITS, toDecimal } from './numbers.js';

/** The largest number of remainders. */
const MAX_REMAINDERS = 10_000;

const POINT: readonly CodePointRange[] = [[0x2e, 0x2e]];
const DIGIT = characters([0x30, 0x39]);

/** A number as digits * 10^-places. */
function scaled(value: number): { digits: bigint; places: number } {
  const { whole, fraction } = toDecimal(Math.abs(value));
  return { digits: BigInt(whole.toString() + fraction), places: fraction.length };
}

/** Whether `value` is a multiple of `of`, as decimal numbers. */
export function isMultiple(value: number, of: number): boolean {
  const [a, b] = [scaled(value), scaled(of)];
  const places = Math.max(a.places, b.places);
  return (a.digits * 10n ** BigInt(places - a.places)) % (b.digits * 10n ** BigInt(places - b.places)) === 0n;
}

/**
 * The multiples of a positive number, written without exponent, with up to 15 digits; undefined if that needs too many states.
 *
 * @param integer whether only integers are wanted, which have no point
 */
export function multiplesOf(of: number, integer: boolean): Expression[] | undefined {
  const { digits, places } = scaled(of);
  if (digits > BigInt(MAX_REMAINDERS) || places >= MAX_DIGITS) return undefined;
  const fraction = integer ? [] : [optional(sequence(literal('.'), repeat(DIGIT, 1, Math.max(1, places))))];
  const whole = choice(literal('0'), sequence(characters([0x31, 0x39]), repeat(DIGIT, 0, MAX_DIGITS - 1 - (integer ? 0 : Math.max(1, places)))));
  return [sequence(optional(literal('-')), whole, ...fraction), sequence(optional(literal('-')), fewest(division(Number(digits), places)))];
}

/** State r + divisor * p: the remainder r after all digits so far, p of them behind the point (0 before it, 1 right behind it). */
function division(divisor: number, places: number): CharacterAutomaton {
  const states: AutomatonState[] = [];
  for (let phase = 0; phase <= places + 2; phase++) {
    const behind = Math.max(0, phase - 1);
    for (let remainder = 0; remainder < divisor; remainder++) {
      const edges: { reads: Expression; target: number }[] = [];
      for (let digit = 0; digit < 10; digit++) {
        // Behind the places of the divisor, only zeros leave a multiple one.
        if (behind >= places && phase > 0 && digit > 0) break;
        const exact = behind >= places && phase > 0;
        const next = exact ? remainder : (remainder * 10 + digit) % divisor;
        const nextPhase = phase === 0 ? 0 : Math.min(phase + 1, places + 2);
        edges.push({ reads: characters([0x30 + digit, 0x30 + digit]), target: next + divisor * nextPhase });
      }
      if (phase === 0) edges.push({ reads: { kind: 'characters', ranges: POINT }, target: remainder + divisor });
      let rest = remainder;
      for (let missing = behind; missing < places; missing++) rest = (rest * 10) % divisor;
      states.push({ accepts: rest === 0 && phase !== 1, edges });
    }
  }
  return { kind: 'automaton', states };
}

/** The same automaton with states joined that no text tells apart: Moore's partition. Only the last digits matter for 2s and 5s. */
function fewest({ states }: CharacterAutomaton): CharacterAutomaton {
  const label = ({ reads }: { reads: Expression }): string => (reads as { ranges: readonly CodePointRange[] }).ranges.join();
  let groupOf: number[] = states.map(({ accepts }) => (accepts ? 1 : 0));
  for (let count = 0; ; ) {
    const groups = new Map<string, number>();
    const next = states.map(({ edges }, at) => {
      const key = `${groupOf[at]}:${edges.map((edge) => `${label(edge)}>${groupOf[edge.target]}`).join()}`;
      if (!groups.has(key)) groups.set(key, groups.size);
      return groups.get(key)!;
    });
    groupOf = next;
    if (groups.size === count) break;
    count = groups.size;
  }
  // State 0 stays state 0, for groups are numbered in the order in which they occur.
  const joined: AutomatonState[] = [];
  states.forEach(({ accepts, edges }, at) => (joined[groupOf[at]] ??= { accepts, edges: edges.map(({ reads, target }) => ({ reads, target: groupOf[target] })) }));
  return { kind: 'automaton', states: joined };
}
