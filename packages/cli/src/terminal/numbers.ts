// Formats numbers, durations and sizes for a language.

export interface NumberFormats {
  /** 12,345 */
  integer(value: number): string;
  /** 1 token, 12,345 tokens; for words whose plural ends in s */
  count(value: number, word: string): string;
  /** 1.935 with the given number of digits; – for NaN */
  decimal(value: number, digits?: number): string;
  /** 12 % from 0.12 */
  percent(value: number, digits?: number): string;
  /** 45 s, 2:05 min, 1:02:05 h */
  duration(seconds: number): string;
  /** 1.1 MB; powers of 1,000 */
  bytes(value: number): string;
}

const formats = new Map<string, NumberFormats>();

export function numberFormats(locale: 'en' | 'de' = 'en'): NumberFormats {
  let found = formats.get(locale);
  if (!found) formats.set(locale, (found = create(locale)));
  return found;
}

function create(locale: string): NumberFormats {
  // Signs are for numbers that are negative after rounding: 0.00, not -0.00.
  const signDisplay = 'negative';
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay });
  const withDigits = new Map<number, Intl.NumberFormat>();
  const decimal = (value: number, digits = 2): string => {
    if (!Number.isFinite(value)) return '–';
    let format = withDigits.get(digits);
    if (!format) withDigits.set(digits, (format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay })));
    return format.format(value);
  };
  return {
    integer: (value) => (Number.isFinite(value) ? whole.format(value) : '–'),
    count: (value, word) => `${whole.format(value)} ${word}${value === 1 ? '' : 's'}`,
    decimal,
    // German has a no-break space before the sign, English has none.
    percent: (value, digits = 0) => decimal(value * 100, digits) + (locale === 'de' ? '\u00a0%' : '%'),
    duration(seconds) {
      if (!Number.isFinite(seconds)) return '–';
      const total = Math.max(0, Math.round(seconds));
      const two = (n: number): string => String(n).padStart(2, '0');
      if (total < 60) return `${total}\u00a0s`;
      if (total < 3600) return `${Math.floor(total / 60)}:${two(total % 60)}\u00a0min`;
      return `${Math.floor(total / 3600)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}\u00a0h`;
    },
    bytes(value) {
      const units = ['B', 'kB', 'MB', 'GB', 'TB'];
      let at = 0;
      while (value >= 999.5 && at < units.length - 1) {
        value /= 1000;
        at++;
      }
      return `${decimal(value, at === 0 || value >= 100 ? 0 : 1)}\u00a0${units[at]}`;
    },
  };
}
