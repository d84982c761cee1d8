// Refuses what JavaScript would match otherwise: references to groups that may not have matched, parts that JavaScript runs from right to
// left, loops that may turn without a character, and \G in the middle.

import { canBeEmpty, childrenOf, type PatternNode, someNode } from './syntax-tree.js';
import { writePattern } from './write.js';

type Refuse = (part: string, why: string) => never;

/** @throws {RangeError} naming what is refused */
export function checkTree(root: PatternNode, refuse: Refuse): void {
  checkReferences(root, new Set(), refuse);
  checkParts(root, refuse);
}

function checkParts(node: PatternNode, refuse: Refuse): void {
  if (node.type === 'look' && node.behind && someNode(node.body, (part) => part.type === 'reference' || part.type === 'atomic' || (part.type === 'repeat' && part.possessive))) {
    refuse('(?<', 'a look-behind with a back-reference, an atomic group or a possessive quantifier, which JavaScript runs from right to left; move it out of the look-behind');
  }
  if (node.type === 'repeat' && node.max > node.min && canBeEmpty(node.body) && !isEmptyLast(node.body)) {
    refuse(writePattern(node), 'a repeated group that can match nothing before it matches something, where engines differ; let every alternative in it match a character');
  }
  for (const child of childrenOf(node)) checkParts(child, refuse);
}

/** Whether a node matches the empty text only if it matches nothing else. */
function isEmptyLast(node: PatternNode): boolean {
  switch (node.type) {
    case 'set':
      return true;
    case 'sequence':
      return node.parts.every(isEmptyLast);
    case 'choice':
      return node.options.every((option, i) => isEmptyLast(option) && (i === node.options.length - 1 || !canBeEmpty(option)));
    case 'repeat':
      return !node.lazy && !node.possessive && isEmptyLast(node.body);
    case 'group':
      return isEmptyLast(node.body);
    default:
      return false;
  }
}

/**
 * A reference to a group that matched nothing fails in both dialects and succeeds in JavaScript, so each group must have matched.
 * @param matched  the groups that have matched before the node; it gets those that have matched behind it
 */
function checkReferences(node: PatternNode, matched: Set<number>, refuse: Refuse): void {
  switch (node.type) {
    case 'reference':
      if (!matched.has(node.number)) refuse(`\\${node.number}`, 'a back-reference to a group that may not have matched, which cannot be translated; expected the group before it, outside of alternatives and optional parts');
      return;
    case 'choice':
      for (const option of node.options) checkReferences(option, new Set(matched), refuse);
      return;
    case 'repeat':
      checkReferences(node.body, node.min > 0 ? matched : new Set(matched), refuse);
      return;
    case 'look':
      checkReferences(node.body, node.negative || node.behind ? new Set(matched) : matched, refuse);
      return;
    case 'group':
      checkReferences(node.body, matched, refuse);
      matched.add(node.number);
      return;
    default:
      for (const child of childrenOf(node)) checkReferences(child, matched, refuse);
  }
}

/** Whether every match begins with \G: then each match begins where the one before ended, or nowhere. */
export function beginsWhereSearchBegins(root: PatternNode, refuse: Refuse): boolean {
  if (!someNode(root, (node) => node.type === 'searchStart')) return false;
  const options = root.type === 'choice' ? root.options : [root];
  const alike = options.every((option) => {
    const [first, ...rest] = option.type === 'sequence' ? option.parts : [option];
    return first.type === 'searchStart' && !rest.some((part) => someNode(part, (node) => node.type === 'searchStart'));
  });
  return alike || refuse('\\G', 'which cannot be translated there; expected it at the beginning of every alternative, or nowhere');
}
