// Defines the tree of a pattern: what it means, independent of the dialect that it was written in.

/** Characters, as an operand of a class of a JavaScript expression with the flag v: `a`, `\p{L}` or `[...]`. */
export type CharacterSet = string;

export type PatternNode =
  /** One code point of a set. */
  | { type: 'set'; set: CharacterSet }
  | { type: 'sequence'; parts: PatternNode[] }
  /** The first option that leads to a match. */
  | { type: 'choice'; options: PatternNode[] }
  /** From `min` to `max` times, as often as possible unless `lazy`. `possessive`: once matched, it gives nothing back. */
  | { type: 'repeat'; body: PatternNode; min: number; max: number; lazy: boolean; possessive: boolean }
  /** Matches nothing, where `body` matches behind or before that place, or does not if `negative`. */
  | { type: 'look'; body: PatternNode; behind: boolean; negative: boolean }
  /** Matches nothing, at the beginning or the end of the text. */
  | { type: 'edge'; side: 'start' | 'end' }
  /** The first match of `body` only. */
  | { type: 'atomic'; body: PatternNode }
  | { type: 'group'; body: PatternNode; number: number }
  /** The text of a group. */
  | { type: 'reference'; number: number }
  /** The place where the search for this match began. */
  | { type: 'searchStart' };

export const ANY_CHARACTER: CharacterSet = '[\\s\\S]';
export const TEXT_START: PatternNode = { type: 'edge', side: 'start' };
export const TEXT_END: PatternNode = { type: 'edge', side: 'end' };

export const set = (characters: CharacterSet): PatternNode => ({ type: 'set', set: characters });
export const sequence = (parts: PatternNode[]): PatternNode => (parts.length === 1 ? parts[0] : { type: 'sequence', parts });
export const choice = (options: PatternNode[]): PatternNode => (options.length === 1 ? options[0] : { type: 'choice', options });
export const ahead = (body: PatternNode, negative = false): PatternNode => ({ type: 'look', body, behind: false, negative });
export const behind = (body: PatternNode, negative = false): PatternNode => ({ type: 'look', body, behind: true, negative });

/** The nodes directly inside of a node. */
export function childrenOf(node: PatternNode): readonly PatternNode[] {
  if (node.type === 'sequence') return node.parts;
  if (node.type === 'choice') return node.options;
  return 'body' in node ? [node.body] : [];
}

/** Whether `test` holds for a node or one inside of it. */
export function someNode(node: PatternNode, test: (node: PatternNode) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => someNode(child, test));
}

/** Whether a node can match the empty text. */
export function canBeEmpty(node: PatternNode): boolean {
  switch (node.type) {
    case 'set':
      return false;
    case 'sequence':
      return node.parts.every(canBeEmpty);
    case 'choice':
      return node.options.some(canBeEmpty);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.body);
    case 'atomic':
    case 'group':
      return canBeEmpty(node.body);
    default:
      return true;
  }
}

/** A node that repeats. */
export type Repetition = PatternNode & { type: 'repeat' };

/** A possessive repetition of one set, said otherwise: it gives nothing back if no further character of the set follows. */
export function withoutPossession({ body, min, max }: Repetition): PatternNode {
  const times = (low: number, high: number): PatternNode => ({ type: 'repeat', body, min: low, max: high, lazy: false, possessive: false });
  if (min === max) return times(min, max);
  const end = ahead(body, true);
  if (max === Infinity) return sequence([times(min, max), end]);
  return choice([times(max, max), max === 1 ? end : sequence([times(min, max - 1), end])]);
}

/** Whether `withoutPossession` can say a repetition otherwise. */
export const isPossessiveSet = ({ possessive, body, lazy }: Repetition): boolean => possessive && body.type === 'set' && !lazy;
