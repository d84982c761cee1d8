// Texts of many kinds, for every test that compares ids.
import fc from 'fast-check';

export const english = `It was the best of times, it was the worst of times. "Don't!" she'd said; they're here, I've won, we'll see, I'm 1st.
	Tabs, two  spaces,   three; and an end.  
`;
export const german = `Es war einmal ein König, der hatte eine Tochter; die war über alle Maßen schön, aber so stolz.
„Größe“, sagte er, „ist nicht alles“ – 3,50 € kostet's.`;
export const code = `export function f(x) {\n    return x === 0 ? [] : [...f(x - 1), x]; // O(n^2)\r\n}\n\n\n#define A_B 0x1F\n`;
export const emoji = '👋🏽 Hello 👩‍👩‍👧‍👦! 🇩🇪🇫🇷 ❤️ ¯\\_(ツ)_/¯ \u{1F9EC}';
export const scripts = 'Привет, мир! 你好,世界。 こんにちは 안녕하세요 مرحبا שלום नमस्ते สวัสดี ①②③ ½ Ⅷ e\u0301 \u{1D4D0}\u{20000}';
export const whiteSpace = 'a\u0085b \u0085 c\uFEFFd \uFEFF e\u00A0f\u2003g\u3000h\u2028i\u1680j\u180Ek\u200Bl  \n\n \t m';
export const hostile = '<|endoftext|>__proto__ constructor toString\u0000\u0001\u007F\u{10FFFF}\uFFFD<unk>';

export const texts: readonly string[] = ['', ' ', '\n', "'", "''s", '  a', english, german, code, emoji, scripts, whiteSpace, hostile, 'a'.repeat(300), ' '.repeat(99), '="'.repeat(150)];

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(' ', '  ', '\n', '\t', "'", "'s", "'ll", 'the', ' the', 'und', ' König', '123', '...', '\u0085', '\uFEFF', '\u00A0', '\r\n', 'ß', '😀', 'a', 'b', 'A') },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.string() },
);

/** Well-formed strings: words, white space of all kinds, any code point. */
export const wellFormedText = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));

/** Any string of UTF-16 units, lone surrogates included. */
export const anyText = fc.array(fc.oneof(piece, fc.constantFrom('\uD800', '\uDBFF', '\uDC00', '\uDFFF', 'x\uD83D')), { maxLength: 30 }).map((parts) => parts.join(''));
