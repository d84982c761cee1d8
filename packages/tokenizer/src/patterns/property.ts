// Finds Unicode properties by name: \p{L}, \p{Lowercase_Letter}, \p{han}, \p{Script=Greek}. Both dialects compare names without case,
// spaces, '-' and '_'; JavaScript wants them as Unicode spells them.

import type { Dialect } from './dialect.js';
import type { CharacterSet } from './syntax-tree.js';

/** Names that are spelled with more capitals than one per word, or stand for another. */
const spellings: Readonly<Record<string, string>> = { lc: 'LC', 'l&': 'LC', ascii: 'ASCII', any: 'Any', alpha: 'Alphabetic', upper: 'Uppercase', lower: 'Lowercase', whitespace: 'White_Space', space: 'White_Space' };

const known = new Map<string, CharacterSet | undefined>();

/** The set of a property, or undefined if the dialect or JavaScript does not know it. */
export function propertySet(name: string, dialect: Dialect): CharacterSet | undefined {
  const key = `${dialect.name} ${name}`;
  if (!known.has(key)) known.set(key, find(name, dialect));
  return known.get(key);
}

function find(name: string, dialect: Dialect): CharacterSet | undefined {
  const loose = name.replace(/[\s_-]/g, '').toLowerCase();
  if (Object.hasOwn(dialect.properties, loose)) return dialect.properties[loose];
  const words = Object.hasOwn(spellings, loose) ? spellings[loose] : name.trim().split(/[\s_-]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('_');
  const spelled = words.replace(/^Is_?(?=[A-Z])/i, '');
  if (dialect.name === 'oniguruma') return accepted([words, `Script=${words}`]);
  const [, property, value] = /^(\w+)\s*[=:]\s*(\w+)$/.exec(spelled) ?? [];
  if (!property) return accepted([spelled, `Script=${spelled}`]);
  const title = value.charAt(0).toUpperCase() + value.slice(1);
  if (/^(sc|script)$/i.test(property)) return accepted([`Script=${title}`]);
  if (/^(scx|script_?extensions)$/i.test(property)) return accepted([`Script_Extensions=${title}`]);
  return /^(gc|general_?category)$/i.test(property) ? accepted([title]) : undefined;
}

function accepted(names: readonly string[]): CharacterSet | undefined {
  return names.map((name) => `\\p{${name}}`).find((candidate) => {
    try {
      return new RegExp(candidate, 'v').flags === 'v';
    } catch {
      return false;
    }
  });
}
