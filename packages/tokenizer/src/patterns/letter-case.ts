// Extends sets of characters so that they ignore case: by every character whose simple case folding (Unicode's CaseFolding.txt, status C
// and S) equals that of a member.

import type { CharacterSet } from './syntax-tree.js';

/** The two characters beyond ASCII that fold to an ASCII letter: the Kelvin sign and the long s. */
const beyondAscii: Readonly<Record<string, string>> = { k: '\u212A', s: '\u017F' };

/** All cased characters above U+1E943 are no letters of living case pairs; up to here the table is complete. */
const LAST_CASED = 0x1ffff;

/** With the flags i and u JavaScript compares by simple case folding. */
const foldAlike = /^(.)\1$/isu;

let families: ReadonlyMap<string, readonly string[]> | undefined;

/** Each character with a case -> all characters that fold as it does. */
function caseFamilies(): ReadonlyMap<string, readonly string[]> {
  if (families) return families;
  const byUpperCase = new Map<string, string[]>();
  for (let code = 0; code <= LAST_CASED; code++) {
    const character = String.fromCodePoint(code);
    const upper = character.toUpperCase();
    if (upper === character && character.toLowerCase() === character) continue;
    // Lower case first, so that letters which are only the lower case of others (K of the Kelvin sign) meet them.
    const key = character.toLowerCase().toUpperCase();
    byUpperCase.set(key, [...(byUpperCase.get(key) ?? []), character]);
  }
  const found = new Map<string, readonly string[]>();
  for (const alike of byUpperCase.values()) for (const character of alike) found.set(character, alike.filter((other) => foldAlike.test(character + other)));
  return (families = found);
}

/** The set with all characters that differ from its members by case only. */
export function ignoringCase(set: CharacterSet): CharacterSet {
  const isMember = new RegExp(`^${set}$`, 'v');
  const added = new Set<string>();
  if (/^(?:[ -Z_-~]|\[[ -Z_-~]*\])$/.test(set)) {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      const family = [letter, letter.toUpperCase(), ...(beyondAscii[letter] ?? '')];
      if (family.some((member) => isMember.test(member))) family.forEach((member) => added.add(member));
    }
  } else {
    for (const [character, family] of caseFamilies()) if (isMember.test(character)) family.forEach((member) => added.add(member));
  }
  const lacking = [...added].filter((character) => !isMember.test(character)).sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0));
  return lacking.length === 0 ? set : `[${set}${lacking.join('')}]`;
}

/** Texts of several letters that are the full case folding of one character, such as ss of ß, and those characters. */
export const SEVERAL_LETTERS = /ss|ff|fi|fl|st|[\u00DF\u0130\u0149\u01F0\u0390\u03B0\u0587\u1E96-\u1E9A\u1E9E\u1F50-\u1FFC\uFB00-\uFB17]/i;
