// Unicode's White_Space, which is what \s means to the reference. JavaScript's own \s differs: it lacks U+0085 and has U+FEFF.

/** The members of a regular expression class, without its brackets. */
export const WHITE_SPACE_CLASS = '\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';
