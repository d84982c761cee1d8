// Computes exponentials and logarithms from additions, multiplications and divisions alone. Engines may round Math.exp and Math.log
// differently in the last place; these give the same bits everywhere, so that training does, too. Their relative error is below 1e-14.

const LN2 = 0.6931471805599453;
const bits = new DataView(new ArrayBuffer(8));

/** e^x for x from -700 to 700. */
export function exponential(x: number): number {
  const doublings = Math.round(x / LN2);
  const rest = x - doublings * LN2; // |rest| < 0.35: the series below has an error of 0.35^17 / 17!
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 16; n++) {
    term *= rest / n;
    sum += term;
  }
  return sum * powerOfTwo(doublings);
}

/** The natural logarithm of a normal positive number. */
export function naturalLog(x: number): number {
  bits.setFloat64(0, x);
  let doublings = ((bits.getUint32(0) >>> 20) & 0x7ff) - 1023;
  let mantissa = x / powerOfTwo(doublings); // from 1 up to 2
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    doublings++;
  }
  // ln(m) = 2 artanh(t) = 2 (t + t^3/3 + t^5/5 + ...) with t = (m - 1) / (m + 1), |t| < 0.172
  const t = (mantissa - 1) / (mantissa + 1);
  let power = t;
  let sum = 0;
  for (let n = 1; n <= 21; n += 2) {
    sum += power / n;
    power *= t * t;
  }
  return 2 * sum + doublings * LN2;
}

/** x^exponent for x from 0; 0^0 is 1. */
export function power(x: number, exponent: number): number {
  if (exponent === 0) return 1;
  return x === 0 ? 0 : exponential(exponent * naturalLog(x));
}

function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
