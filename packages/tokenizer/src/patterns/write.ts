// Writes the tree of a pattern as a JavaScript expression for the flag v (and not m), or in Oniguruma's syntax for a tokenizer.json.

import { type CharacterSet, isPossessiveSet, type PatternNode, type Repetition, someNode, withoutPossession } from './syntax-tree.js';

export type Target = 'javascript' | 'oniguruma';

/** Writes a tree whose references were checked. `searchStart` is written as nothing; the caller sees to it. */
export function writePattern(root: PatternNode, target: Target = 'javascript'): string {
  return new Writer(root, target).write(root, true, false);
}

class Writer {
  readonly #target: Target;
  readonly #referenced = new Set<number>();
  #atomics = 0;

  constructor(root: PatternNode, target: Target) {
    this.#target = target;
    someNode(root, (node) => node.type === 'reference' && this.#referenced.add(node.number) === undefined);
  }

  /**
   * @param isLast  whether nothing follows, so that the first match of the node is the match of the whole
   * @param alone  whether the node is an operand: repeated, or next to others
   */
  write(node: PatternNode, isLast: boolean, alone: boolean): string {
    switch (node.type) {
      case 'set':
        return this.#set(node.set);
      case 'sequence': {
        const text = node.parts.map((part, i) => this.write(part, isLast && i === node.parts.length - 1, true)).join('');
        return alone ? `(?:${text})` : text;
      }
      case 'choice': {
        const text = node.options.map((option) => this.write(option, isLast, false)).join('|');
        return alone ? `(?:${text})` : text;
      }
      case 'look':
        return `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}${this.write(node.body, !node.behind, false)})`;
      case 'edge':
        if (this.#target === 'oniguruma') return node.side === 'start' ? '\\A' : '\\z';
        return node.side === 'start' ? '^' : '$';
      case 'group':
        return this.#referenced.has(node.number) ? `(?<g${node.number}>${this.write(node.body, isLast, false)})` : this.write(node.body, isLast, alone);
      case 'reference':
        return `\\k<g${node.number}>`;
      case 'searchStart':
        return this.#target === 'oniguruma' ? '\\G' : '';
      case 'atomic':
        return isLast ? this.write(node.body, true, alone) : this.#atomic(this.write(node.body, true, false));
      case 'repeat':
        return !isLast && isPossessiveSet(node) ? this.write(withoutPossession(node), false, alone) : this.#repeat(node, isLast);
    }
  }

  #repeat({ body, min, max, lazy, possessive }: Repetition, isLast: boolean): string {
    const text = this.write(body, false, true);
    // A second quantifier would be read as a part of the first one, and a look-around takes none.
    const operand = ['repeat', 'look', 'edge'].includes(this.#withoutGroups(body).type) ? `(?:${text})` : text;
    const repeated = `${operand}${quantifier(min, max)}${lazy && min < max ? '?' : ''}`;
    return possessive && !isLast ? this.#atomic(repeated) : repeated;
  }

  /** What is inside of groups that no reference needs. */
  #withoutGroups(node: PatternNode): PatternNode {
    return node.type === 'group' && !this.#referenced.has(node.number) ? this.#withoutGroups(node.body) : node;
  }

  /** A look-ahead is never entered again for another match. */
  #atomic(text: string): string {
    if (this.#target === 'oniguruma') return `(?>${text})`;
    const name = `a${++this.#atomics}`;
    return `(?:(?=(?<${name}>${text}))\\k<${name}>)`;
  }

  #set(set: CharacterSet): string {
    // Outside of a class these signs need no backslash, and JavaScript allows none.
    const text = /^\\[&\-!#%,:;<=>@`~]$/.test(set) ? set.slice(1) : set;
    return this.#target === 'oniguruma' ? inOniguruma(text) : text;
  }
}

/** Oniguruma's spelling of a set: code points in braces, scripts by their name alone. */
function inOniguruma(set: CharacterSet): string {
  return set.replace(/\\(?:u\{|x([0-9A-F]{2})|p\{Script=|.)/gs, (escape: string, byte: string | undefined) => {
    if (byte !== undefined) return `\\x{${byte}}`;
    return escape === '\\u{' ? '\\x{' : escape.replace('Script=', '');
  });
}

function quantifier(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  if (min === max) return min === 1 ? '' : `{${min}}`;
  return `{${min},${max}}`;
}
