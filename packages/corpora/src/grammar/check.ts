// Checks the rules of grammars that measure.ts relies on. It is cheap and runs once per grammar.

import type { Node } from './nodes.js';
import type { Variable } from './words.js';

/**
 * @throws Error if a variable is used outside the scope of its draw or drawn again inside it, or if words that are excepted together could
 * be equal (then the number of remaining words would be unknown)
 */
export function checkGrammar(root: Node): void {
  if (root.free.length > 0) throw new Error(`no word is drawn for: ${root.free.map((used) => used.name).join(', ')}`);
  visit(root, new Map());
}

/** `drawn` maps every variable in scope to those it differs from. */
function visit(node: Node, drawn: ReadonlyMap<Variable, readonly Variable[]>): void {
  switch (node.kind) {
    case 'sequence': return node.children.forEach((child) => visit(child, drawn));
    case 'choice': return node.options.forEach((option) => visit(option.node, drawn));
    case 'agree': return node.cases.forEach((inner) => visit(inner, drawn));
    case 'pick': {
      const { variable, except } = node;
      if (drawn.has(variable)) throw new Error(`"${variable.name}" is drawn again inside its own reach`);
      for (const a of except) {
        for (const b of except) {
          if (a !== b && !drawn.get(a)!.includes(b) && !drawn.get(b)!.includes(a)) throw new Error(`"${variable.name}" differs from "${a.name}" and "${b.name}", but these may be the same word`);
        }
      }
      return visit(node.body, new Map(drawn).set(variable, except));
    }
    case 'text': case 'form': case 'capital': return;
  }
}
