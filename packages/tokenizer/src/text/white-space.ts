// Defines white space as Unicode's White_Space, which is the meaning of \s in the reference. JavaScript's own \s differs: it lacks U+0085
// and includes U+FEFF.

/** The white space characters, as the inside of a regular expression class (without brackets). */
export const WHITE_SPACE_CLASS = '\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';

/** All other code points, in the same form. */
export const NO_WHITE_SPACE_CLASS =
  '\\0-\\x08\\x0E-\\x1F!-\\x84\\x86-\\x9F\\xA1-\\u167F\\u1681-\\u1FFF\\u200B-\\u2027\\u202A-\\u202E\\u2030-\\u205E\\u2060-\\u2FFF\\u3001-\\u{10FFFF}';

const solid = /* @__PURE__ */ new RegExp(`[${NO_WHITE_SPACE_CLASS}]`, 'u');

/** Whether a character is Unicode white space. */
export function isWhiteSpace(character: string): boolean {
  return !solid.test(character);
}
