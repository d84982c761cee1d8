// Reads decimal numbers straight from the bytes of a text file: what Number() gives for the same text, rounded to float32, without making a string.
//
// Up to 2^53 the digits are an exact double, and so are the powers of ten up to 10^22; one product or quotient of the two is rounded once,
// which is the nearest double (Clinger 1990). Numbers with more digits or larger exponents, which are rare in files of vectors, go to Number().

const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const LARGEST_EXACT = 2 ** 53;
/** Digits beyond these are not added up any more, so that the sum stays finite. */
const TOO_MANY = 1e19;

const [SPACE, TAB, CARRIAGE_RETURN, PLUS, MINUS, POINT, ZERO, NINE, CAPITAL_E, SMALL_E] = [32, 9, 13, 43, 45, 46, 48, 57, 69, 101];

/**
 * Reads `count` numbers, one blank (a space or a tabulator) between two.
 *
 * @param from the first byte of the first number
 * @param end behind the last byte that may be read: the end of the line
 * @param into where the numbers are put, from `at` on
 * @returns true when there are exactly so many finite numbers, then only blanks and carriage returns up to the end
 */
export function readNumbers(bytes: Uint8Array, from: number, end: number, count: number, into: Float32Array, at: number): boolean {
  let place = from;
  for (let i = 0; i < count; i++) {
    if (i > 0 && bytes[place] !== SPACE && bytes[place] !== TAB) return false;
    if (i > 0) place++;
    const start = place;
    let byte = place < end ? bytes[place] : 0;
    const isNegative = byte === MINUS;
    if (isNegative || byte === PLUS) byte = ++place < end ? bytes[place] : 0;
    let digits = 0;
    let value = 0;
    let exponent = 0;
    for (; byte >= ZERO && byte <= NINE; digits++) {
      if (value < TOO_MANY) value = value * 10 + (byte - ZERO);
      else exponent++;
      byte = ++place < end ? bytes[place] : 0;
    }
    if (byte === POINT) {
      byte = ++place < end ? bytes[place] : 0;
      for (; byte >= ZERO && byte <= NINE; digits++) {
        if (value < TOO_MANY) {
          value = value * 10 + (byte - ZERO);
          exponent--;
        }
        byte = ++place < end ? bytes[place] : 0;
      }
    }
    if (digits === 0) return false;
    if (byte === SMALL_E || byte === CAPITAL_E) {
      byte = ++place < end ? bytes[place] : 0;
      const isSmall = byte === MINUS;
      if (isSmall || byte === PLUS) byte = ++place < end ? bytes[place] : 0;
      if (!(byte >= ZERO && byte <= NINE)) return false;
      let power = 0;
      for (; byte >= ZERO && byte <= NINE; byte = ++place < end ? bytes[place] : 0) power = Math.min(10_000, power * 10 + (byte - ZERO));
      exponent += isSmall ? -power : power;
    }
    if (value > LARGEST_EXACT || exponent < -22 || exponent > 22) value = Number(textOf(bytes, isNegative ? start + 1 : start, place));
    else value = exponent < 0 ? value / EXACT_POWERS[-exponent] : value * EXACT_POWERS[exponent];
    into[at + i] = isNegative ? -value : value;
    if (into[at + i] - into[at + i] !== 0) return false; // too large for float32
  }
  while (place < end && (bytes[place] === SPACE || bytes[place] === TAB || bytes[place] === CARRIAGE_RETURN)) place++;
  return place === end;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]);
  return text;
}
