// The notation for grammars: tagged templates for sentences, and `tell` to join sentences.

import { capital, node, oneOf, sequence, weighted, type Node, type Part } from './nodes.js';

/** A phrase: say`the ${colour} ${toy}`. */
export function say(strings: TemplateStringsArray, ...slots: readonly Part[]): Node {
  const parts: Part[] = [];
  strings.forEach((text, i) => {
    if (text) parts.push(text);
    if (i < slots.length) parts.push(slots[i]);
  });
  return parts.length === 1 ? node(parts[0]) : sequence(...parts);
}

/**
 * One or more whole sentences: begins with a capital letter.
 *
 * @throws Error if the template does not end in a full stop, question mark or exclamation mark, or in a quotation mark after one
 */
export function line(strings: TemplateStringsArray, ...slots: readonly Part[]): Node {
  const end = strings[strings.length - 1];
  if (!/[.!?][“"]?$/.test(end)) throw new Error(`a line must end a sentence, this one ends in "${end}"`);
  return sequence(capital, say(strings, ...slots));
}

/** A line that is written only with some probability. */
export interface OptionalLine { readonly optional: Node }

/** Tells the line with probability `yes / (yes + no)`. */
export function sometimes(name: string, told: Node, yes = 1, no = 1): OptionalLine {
  return { optional: oneOf(name, weighted(yes, sequence(' ', told), 'told'), weighted(no, '', 'left out')) };
}

/** Joins lines with spaces. */
export function tell(first: Node, ...rest: readonly (Node | OptionalLine)[]): Node {
  return sequence(first, ...rest.flatMap((part) => ('optional' in part ? [part.optional] : [' ', part])));
}
