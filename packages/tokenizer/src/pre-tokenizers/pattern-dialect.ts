// Translates regular expressions of the reference (Oniguruma) to JavaScript. What cannot be translated exactly is refused. Repeated groups
// are refused as well: without them no pattern takes time exponential in the length of the text (several `*` in a row can still take
// polynomial time).

import { quote } from '../text/well-formed.js';
import { NO_WHITE_SPACE_CLASS, WHITE_SPACE_CLASS } from '../text/white-space.js';

/** Escapes with another meaning in JavaScript: their translation outside of brackets, and inside. */
const translatedEscapes: ReadonlyMap<string, readonly [outside: string, inside: string]> = new Map([
  ['s', [`[${WHITE_SPACE_CLASS}]`, WHITE_SPACE_CLASS]],
  ['S', [`[${NO_WHITE_SPACE_CLASS}]`, NO_WHITE_SPACE_CLASS]],
  ['d', ['\\p{Nd}', '\\p{Nd}']],
  ['D', ['\\P{Nd}', '\\P{Nd}']],
]);

/** Escapes with the same meaning in both: properties, control characters, code points, punctuation. */
const sharedEscape = /^(?:[pP]\{[^}]*\}|[tnrfv]|u[0-9A-Fa-f]{4}|[^0-9A-Za-z])/;

/**
 * The class that an ASCII letter matches under `(?i:...)`: both cases, and the two non-ASCII characters whose lower case is an ASCII
 * letter.
 */
function ignoringCase(letter: string): string {
  const beyondAscii = { k: '\\u212A', s: '\\u017F' }[letter.toLowerCase()] ?? '';
  return `[${letter.toLowerCase()}${letter.toUpperCase()}${beyondAscii}]`;
}

/**
 * Translates a pattern to JavaScript source for the `u` flag.
 *
 * `\s` means Unicode White_Space, `\d` Unicode decimal digits, `.` anything but a line feed. `(?i:...)` may hold ASCII text,
 * `|` and groups. Refused are `\w`, `\b`, `^` and `$`,
 * back-references, brackets or `&&` inside brackets, and groups that repeat (`(...)*`, `(...)+`, `(...){...}`).
 * @throws {RangeError} naming the part that is refused
 */
export function toJavaScriptPattern(pattern: string): string {
  const refuse = (part: string, why: string): never => {
    throw new RangeError(`The pattern ${quote(pattern)} holds ${quote(part)}, ${why}.`);
  };
  let translated = '';
  let inBrackets = false;
  /** For every open group: whether letters in it match in any case. */
  const groups: boolean[] = [];
  let i = 0;
  while (i < pattern.length) {
    const character = pattern[i];
    const ignoresCase = groups.at(-1) ?? false;
    if (ignoresCase && /[[\\\u0080-\uFFFF]/.test(character)) refuse(character, 'which means different things inside of (?i:...); expected ASCII text there');
    if (!inBrackets && pattern.startsWith('(?i:', i)) {
      groups.push(true);
      translated += '(?:';
      i += '(?i:'.length;
      continue;
    }
    if (!inBrackets && character === '(') groups.push(ignoresCase);
    else if (!inBrackets && character === ')') groups.pop();
    if (character === '\\') {
      const name = pattern.slice(i + 1, i + 2);
      const translation = translatedEscapes.get(name);
      const shared = sharedEscape.exec(pattern.slice(i + 1, i + 100))?.[0];
      if (translation) {
        translated += inBrackets ? translation[1] : translation[0];
        i += 2;
      } else if (shared !== undefined) {
        translated += `\\${shared}`;
        i += 1 + shared.length;
      } else {
        refuse(`\\${name}`, 'which differs between regular expression engines; spell the characters out, for example [\\p{L}\\p{N}]');
      }
      continue;
    }
    if (inBrackets) {
      if (character === '[' || pattern.startsWith('&&', i)) refuse(character, 'which means different things inside of brackets; escape it with a backslash');
      if (character === ']') inBrackets = false;
    } else if (character === '[') {
      inBrackets = true;
    } else if (character === '^' || character === '$') {
      refuse(character, 'which differs between regular expression engines; expected a pattern without anchors');
    } else if (character === ')' && /^[*+{]/.test(pattern.slice(i + 1))) {
      refuse(pattern.slice(i, i + 2), 'a group that repeats, which can take exponential time; repeat single characters or classes only');
    }
    if (ignoresCase && /[A-Za-z]/.test(character)) translated += ignoringCase(character);
    else translated += character === '.' && !inBrackets ? '[^\\n]' : character;
    i++;
  }
  return translated;
}
