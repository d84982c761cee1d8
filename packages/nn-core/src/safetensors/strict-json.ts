// Refuses what JSON.parse lets through but two readers of one file would understand differently: a key that occurs twice in an
// object (the last one wins silently, elsewhere the first), and numbers that are not written as plain whole numbers. Also nesting
// that no header needs and that costs memory and stack to parse, which is why this comes before JSON.parse. Not a parser: text
// that is no JSON may pass, or end in a SyntaxError; JSON.parse has the last word.
import { quote, SafetensorsError } from './errors.js';

const WHOLE_NUMBER = /^(?:0|[1-9][0-9]*)$/;
/** The header, a tensor's entry, its shape. */
const DEEPEST = 3;
const NUMBER_CHARACTERS = '+-.0123456789Ee';

/** @throws {SafetensorsError} that names the member of the header and what is wrong in it */
export function checkStrictJson(text: string): void {
  /** The keys seen so far in each object that is open; null for an open array. */
  const open: (Set<string> | null)[] = [];
  /** The member of the header that is being read, quoted; empty before and between. */
  let member = '';
  let at = 0;
  const fail = (what: string): never => {
    throw new SafetensorsError(`safetensors: ${member && `${member} in `}the header ${what}.`);
  };
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys && nextSolid(text, end) === ':') {
        const key = JSON.parse(text.slice(at, end)) as string;
        if (open.length === 1) member = '';
        if (keys.has(key)) fail(`has the key ${quote(key)} twice; expected each key once`);
        keys.add(key);
        if (open.length === 1) member = quote(key);
      }
      at = end;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      const begin = at;
      while (at < text.length && NUMBER_CHARACTERS.includes(text[at])) at++;
      const number = text.slice(begin, at);
      if (!WHOLE_NUMBER.test(number)) fail(`has the number ${number.slice(0, 40)}; expected plain whole numbers of 0 or more`);
    } else {
      if (character === '{') open.push(new Set());
      else if (character === '[') open.push(null);
      else if (character === '}' || character === ']') open.pop();
      if (open.length > DEEPEST) fail(`is nested deeper than ${DEEPEST} levels; expected { name: { key: [numbers] } } at most`);
      at++;
    }
  }
}

/** The position after the string that begins at `begin`, or beyond the text when it does not end. */
function endOfString(text: string, begin: number): number {
  let at = begin + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The first character from `at` on that is no white space; undefined at the end of the text. */
function nextSolid(text: string, at: number): string | undefined {
  while (' \t\n\r'.includes(text[at])) at++;
  return text[at];
}
