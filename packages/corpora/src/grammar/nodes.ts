// The seven kinds of node of a story grammar, and the functions that create them. A node is plain data. write.ts draws a story from it,
// measure.ts computes expected values, parse.ts reads a story.
//
// Two rules keep the expected values exact:
// - A choice has fixed weights. Only `agree` may make the text depend on a drawn word.
// - `agree` uses a feature of a drawn word, never the word itself. So all words with the same features stay equally likely.

import type { Category, Variable } from './words.js';

interface Common {
  /** The variables that a node uses but does not draw itself, without duplicates. */
  readonly free: readonly Variable[];
}

/** Writes a fixed string. */
export interface TextNode extends Common { readonly kind: 'text'; readonly text: string }
/** Writes its children one after the other. */
export interface SequenceNode extends Common { readonly kind: 'sequence'; readonly children: readonly Node[] }
/** Draws one of its options, with probability weight / total. */
export interface ChoiceNode extends Common {
  readonly kind: 'choice';
  readonly name: string;
  readonly options: readonly { readonly weight: number; readonly label: string; readonly node: Node }[];
  readonly total: number;
}
/**
 * Draws a word. All words of the category are equally likely, except those already drawn for `except`, which are excluded. The word can be
 * used only within `body`.
 */
export interface PickNode extends Common {
  readonly kind: 'pick';
  readonly variable: Variable;
  readonly except: readonly Variable[];
  readonly body: Node;
}
/** Writes a form of a drawn word. */
export interface FormNode extends Common { readonly kind: 'form'; readonly variable: Variable; readonly form: string }
/** Selects the case for a feature of a drawn word; draws nothing. */
export interface AgreeNode extends Common {
  readonly kind: 'agree';
  readonly variable: Variable;
  readonly feature: string;
  readonly cases: ReadonlyMap<string, Node>;
}
/** Writes nothing, but makes the next letter a capital. */
export interface CapitalNode extends Common { readonly kind: 'capital' }

export type Node = TextNode | SequenceNode | ChoiceNode | PickNode | FormNode | AgreeNode | CapitalNode;

/** Anything accepted in place of a node: a string is fixed text, a variable writes its base form, a category draws a word and writes it. */
export type Part = Node | string | Variable | Category;

const union = (sets: readonly (readonly Variable[])[]): Variable[] => [...new Set(sets.flat())];

/** Turns a part into a node. */
export function node(part: Part): Node {
  if (typeof part === 'string') return { kind: 'text', text: part, free: [] };
  if ('kind' in part) return part;
  if ('category' in part) return form(part, part.category.base);
  const drawn = { name: part.name, category: part };
  return pick(drawn, form(drawn, part.base));
}

/** Writes the parts one after the other. */
export function sequence(...parts: readonly Part[]): Node {
  const children = parts.map(node);
  return { kind: 'sequence', children, free: union(children.map((child) => child.free)) };
}

/** An option of `oneOf` with a weight other than 1 or a label of its own. */
export interface Option { readonly weight: number; readonly label?: string; readonly option: Part }

/** An option that is drawn `weight` times as often as an option of weight 1. Weights are whole numbers, so that drawing is exact. */
export function weighted(weight: number, option: Part, label?: string): Option {
  return { weight, option, label };
}

/**
 * Draws one of the options.
 *
 * @throws Error if there are fewer than two options, two options look the same, or a weight is not a positive whole number
 */
export function oneOf(name: string, ...options: readonly (Part | Option)[]): Node {
  if (options.length < 2) throw new Error(`choice "${name}" needs at least two options`);
  const entries = options.map((entry) => {
    const { weight, option, label } = typeof entry !== 'string' && 'option' in entry ? entry : weighted(1, entry);
    const made = node(option);
    if (!Number.isSafeInteger(weight) || weight < 1) throw new Error(`choice "${name}": weight ${weight} is not a positive whole number`);
    return { weight, label: label ?? describe(made), node: made };
  });
  const labels = new Set(entries.map((entry) => entry.label));
  if (labels.size < entries.length) throw new Error(`choice "${name}" has two options that look the same`);
  return {
    kind: 'choice', name, options: entries,
    total: entries.reduce((sum, entry) => sum + entry.weight, 0),
    free: union(entries.map((entry) => entry.node.free)),
  };
}

/**
 * Draws a word for a variable, for use in `body`.
 *
 * @param except variables of the same category, drawn in an outer scope, whose words must not be drawn again
 * @throws Error if an excepted variable is of another category, or so many are excepted that no word may be left
 */
export function pick(variable: Variable, body: Part, except: readonly Variable[] = []): Node {
  for (const other of except) {
    if (other.category !== variable.category) throw new Error(`"${variable.name}" and "${other.name}" are of different categories, so one cannot be excepted from the other`);
  }
  if (except.length >= variable.category.words.length) throw new Error(`too few words in "${variable.category.name}" for "${variable.name}"`);
  const inner = node(body);
  return { kind: 'pick', variable, except, body: inner, free: union([inner.free.filter((used) => used !== variable), except]) };
}

/**
 * Draws several words at once, in order: `cast([hero, [friend, hero]], body)` draws a hero and a friend who is somebody else.
 *
 * @param members a variable, or a variable followed by those it must differ from
 */
export function cast(members: readonly (Variable | readonly [Variable, ...Variable[]])[], body: Part): Node {
  return members.reduceRight<Node>((inner, member) => {
    const [drawn, ...except] = 'category' in member ? [member] : member;
    return pick(drawn, inner, except);
  }, node(body));
}

/**
 * Writes a form of a drawn word.
 *
 * @throws Error if the words of the variable's category have no such form
 */
export function form(variable: Variable, name: string): Node {
  if (variable.category.words[0].forms[name] === undefined) throw new Error(`words of "${variable.category.name}" have no form "${name}"`);
  return { kind: 'form', variable, form: name, free: [variable] };
}

/**
 * Selects the case for a feature of a drawn word.
 *
 * @throws Error if a value of the feature that occurs in the category has no case
 */
export function agree(variable: Variable, feature: string, cases: Readonly<Record<string, Part>>): Node {
  const made = new Map(Object.entries(cases).map(([value, part]) => [value, node(part)]));
  for (const { features } of variable.category.classes) {
    if (!made.has(features[feature])) throw new Error(`agreement with ${feature} of "${variable.name}": no case for "${features[feature]}"`);
  }
  return { kind: 'agree', variable, feature, cases: made, free: union([[variable], ...[...made.values()].map((inner) => inner.free)]) };
}

/** Makes the next letter a capital. */
export const capital: Node = { kind: 'capital', free: [] };

/** A readable description of a node, with slots in braces; for agreement it shows the first case. */
export function describe(from: Node): string {
  switch (from.kind) {
    case 'text': return from.text;
    case 'sequence': return from.children.map(describe).join('');
    case 'choice': return `{${from.name}}`;
    case 'pick': return describe(from.body);
    case 'form': return `{${from.variable.name}}`;
    case 'agree': return describe([...from.cases.values()][0]);
    case 'capital': return '';
  }
}

/** Capitalises the first letter of a text. If there is no letter, `found` is false and the text is unchanged. */
export function capitalise(text: string): { text: string; found: boolean } {
  const at = text.search(/\p{L}/u);
  if (at < 0) return { text, found: false };
  return { text: text.slice(0, at) + text[at].toUpperCase() + text.slice(at + 1), found: true };
}
