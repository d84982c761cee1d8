// Exact expectations over a grammar, by recursion, without sampling.
//
// Why a sum over nodes is enough: -log p of a text is the sum of -log p of its choices, and length is the sum of the lengths of
// its pieces. By linearity of expectation it suffices to know, for every node, the expected sum below it. That depends on the past
// only through the words already drawn, and on these only through their features (see nodes.ts): given its class, every word of a
// class is equally likely. Drawing without repetition keeps that so, since it treats all words of a class alike. So a node's value
// is memoised by the classes of the variables it uses, of which there are few.

import type { AgreeNode, ChoiceNode, Node, PickNode } from './nodes.js';
import type { Variable, WordClass } from './words.js';

/** What a node contributes to a text in expectation. */
export interface Totals {
  /** Entropy of the choices made in it, in nats. */
  readonly entropy: number;
  /** Unicode code points. */
  readonly characters: number;
  /** White-space characters. */
  readonly spaces: number;
  /** Final marks: `.`, `!`, `?`. */
  readonly marks: number;
  /** How many ways there are to derive it (not an expectation). */
  readonly derivations: number;
}

type Classes = ReadonlyMap<Variable, WordClass>;
type Memo = Map<Node, Map<string, Totals>>;

/**
 * Expected values over all texts of a grammar.
 *
 * @param root a node that uses no variable it does not draw
 */
export function measure(root: Node): Totals {
  return valueOf(root, new Map(), new Map());
}

const nothing: Totals = { entropy: 0, characters: 0, spaces: 0, marks: 0, derivations: 1 };

function valueOf(node: Node, classes: Classes, memo: Memo): Totals {
  const key = node.free.map((used) => classes.get(used)!.index).join(' ');
  let known = memo.get(node);
  if (!known) memo.set(node, (known = new Map()));
  let value = known.get(key);
  if (!value) known.set(key, (value = compute(node, classes, memo)));
  return value;
}

function compute(node: Node, classes: Classes, memo: Memo): Totals {
  switch (node.kind) {
    case 'text': return ofText(node.text);
    case 'sequence': return node.children.reduce((sum, child) => inARow(sum, valueOf(child, classes, memo)), nothing);
    case 'choice': return ofChoice(node, classes, memo);
    case 'pick': return ofPick(node, classes, memo);
    case 'form': {
      const { words } = classes.get(node.variable)!;
      return { ...average(words.map((word) => ({ probability: 1 / words.length, value: ofText(word.forms[node.form]) }))), derivations: 1 };
    }
    case 'agree': return valueOf(caseOf(node, classes), classes, memo);
    case 'capital': return nothing;
  }
}

function ofText(text: string): Totals {
  return { ...nothing, characters: [...text].length, spaces: text.match(/\s/g)?.length ?? 0, marks: text.match(/[.!?]/g)?.length ?? 0 };
}

function ofChoice({ options, total }: ChoiceNode, classes: Classes, memo: Memo): Totals {
  const branches = options.map((option) => ({ probability: option.weight / total, value: valueOf(option.node, classes, memo) }));
  const value = average(branches);
  return {
    ...value,
    entropy: value.entropy - branches.reduce((sum, { probability }) => sum + probability * Math.log(probability), 0),
    derivations: branches.reduce((sum, branch) => sum + branch.value.derivations, 0),
  };
}

/** n words are left to draw from: log n nats, and a class comes up as often as it has words left. */
function ofPick({ variable, except, body }: PickNode, classes: Classes, memo: Memo): Totals {
  const n = variable.category.words.length - except.length;
  const branches = variable.category.classes.flatMap((wordClass) => {
    const left = wordClass.words.length - except.filter((other) => classes.get(other) === wordClass).length;
    return left > 0 ? [{ left, probability: left / n, value: valueOf(body, new Map(classes).set(variable, wordClass), memo) }] : [];
  });
  const value = average(branches);
  return {
    ...value,
    entropy: value.entropy + Math.log(n),
    derivations: branches.reduce((sum, branch) => sum + branch.left * branch.value.derivations, 0),
  };
}

function caseOf(node: AgreeNode, classes: Classes): Node {
  return node.cases.get(classes.get(node.variable)!.features[node.feature])!;
}

function inARow(a: Totals, b: Totals): Totals {
  return {
    entropy: a.entropy + b.entropy,
    characters: a.characters + b.characters,
    spaces: a.spaces + b.spaces,
    marks: a.marks + b.marks,
    derivations: a.derivations * b.derivations,
  };
}

function average(branches: readonly { probability: number; value: Totals }[]): Totals {
  const mean = (pick: (value: Totals) => number) => branches.reduce((sum, { probability, value }) => sum + probability * pick(value), 0);
  return { entropy: mean((v) => v.entropy), characters: mean((v) => v.characters), spaces: mean((v) => v.spaces), marks: mean((v) => v.marks), derivations: NaN };
}
