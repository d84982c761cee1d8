// Computes exact expected values over a grammar by recursion, without sampling.
//
// A sum over nodes is enough, because -log p of a text is the sum of -log p of its choices, and its length is the sum of the lengths of its
// pieces. By linearity of expectation, only the expected sum below every node is needed. It depends on the past only through the words
// already drawn, and on these only through their features (see nodes.ts): within a class, every word is equally likely. Drawing without
// repetition preserves this, because it treats all words of a class alike. So the value of a node is memoised by the classes of the
// variables that it uses, of which there are few.

import type { ChoiceNode, Node, PickNode } from './nodes.js';
import type { Variable, WordClass } from './words.js';

/** The expected contribution of a node to a text. */
export interface Totals {
  /** The entropy of its choices, in nats. */
  readonly entropy: number;
  /** Unicode code points. */
  readonly characters: number;
  /** Bytes of UTF-8. */
  readonly bytes: number;
  /** White-space characters. */
  readonly spaces: number;
  /** Final marks: `.`, `!`, `?`. */
  readonly marks: number;
  /** The number of its derivations (not an expectation). */
  readonly derivations: number;
}

/**
 * Expected values over all texts of a grammar.
 *
 * @param root a node that draws all variables it uses
 */
export function measure(root: Node): Totals {
  return new Measure().of(root);
}

const nothing: Totals = { entropy: 0, characters: 0, bytes: 0, spaces: 0, marks: 0, derivations: 1 };

class Measure {
  /** The classes of the words drawn at this point of the recursion. */
  readonly #classes = new Map<Variable, WordClass>();
  /** Node -> classes of its free variables -> value. */
  readonly #values = new Map<Node, Map<string, Totals>>();
  readonly #texts = new Map<string, Totals>();
  /** Class of words -> form -> mean over the words. */
  readonly #forms = new Map<WordClass, Map<string, Totals>>();

  of(node: Node): Totals {
    let key = '';
    for (const used of node.free) key += `${this.#classes.get(used)!.index} `;
    return remembered(remembered(this.#values, node, () => new Map<string, Totals>()), key, () => this.#compute(node));
  }

  #compute(node: Node): Totals {
    switch (node.kind) {
      case 'text': return this.#ofText(node.text);
      case 'sequence': return node.children.reduce((sum, child) => inARow(sum, this.of(child)), nothing);
      case 'choice': return this.#ofChoice(node);
      case 'pick': return this.#ofPick(node);
      case 'form': return this.#ofForm(this.#classes.get(node.variable)!, node.form);
      case 'agree': return this.of(node.cases.get(this.#classes.get(node.variable)!.features[node.feature])!);
      case 'capital': return nothing;
    }
  }

  #ofText(text: string): Totals {
    return remembered(this.#texts, text, () => ({
      ...nothing,
      characters: [...text].length,
      bytes: encoder.encode(text).length,
      spaces: text.match(/\s/g)?.length ?? 0,
      marks: text.match(/[.!?]/g)?.length ?? 0,
    }));
  }

  #ofChoice({ options, total }: ChoiceNode): Totals {
    const branches = options.map((option) => ({ probability: option.weight / total, value: this.of(option.node) }));
    const { entropy, ...rest } = average(branches);
    return {
      ...rest,
      entropy: entropy - branches.reduce((sum, { probability }) => sum + probability * Math.log(probability), 0),
      derivations: branches.reduce((sum, branch) => sum + branch.value.derivations, 0),
    };
  }

  /** If n words are left, the draw adds log n nats, and the probability of a class is its share of these words. */
  #ofPick({ variable, except, body }: PickNode): Totals {
    const n = variable.category.words.length - except.length;
    const branches = variable.category.classes.flatMap((wordClass) => {
      const left = wordClass.words.length - except.filter((other) => this.#classes.get(other) === wordClass).length;
      if (left === 0) return [];
      this.#classes.set(variable, wordClass);
      return [{ left, probability: left / n, value: this.of(body) }];
    });
    this.#classes.delete(variable);
    const { entropy, ...rest } = average(branches);
    return { ...rest, entropy: entropy + Math.log(n), derivations: branches.reduce((sum, branch) => sum + branch.left * branch.value.derivations, 0) };
  }

  /** The entropy of the word was counted when it was drawn; what remains is the mean over its class. */
  #ofForm(wordClass: WordClass, form: string): Totals {
    const forms = remembered(this.#forms, wordClass, () => new Map<string, Totals>());
    return remembered(forms, form, () => {
      const { words } = wordClass;
      return { ...average(words.map((word) => ({ probability: 1 / words.length, value: this.#ofText(word.forms[form]) }))), derivations: 1 };
    });
  }
}

const encoder = new TextEncoder();

function remembered<K, V>(memory: Map<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}

function inARow(a: Totals, b: Totals): Totals {
  return {
    entropy: a.entropy + b.entropy,
    characters: a.characters + b.characters,
    bytes: a.bytes + b.bytes,
    spaces: a.spaces + b.spaces,
    marks: a.marks + b.marks,
    derivations: a.derivations * b.derivations,
  };
}

/** The mean of all expected values. The caller adds up the number of derivations. */
function average(branches: readonly { probability: number; value: Totals }[]): Omit<Totals, 'derivations'> {
  const mean = { entropy: 0, characters: 0, bytes: 0, spaces: 0, marks: 0 };
  for (const { probability, value } of branches) {
    mean.entropy += probability * value.entropy;
    mean.characters += probability * value.characters;
    mean.bytes += probability * value.bytes;
    mean.spaces += probability * value.spaces;
    mean.marks += probability * value.marks;
  }
  return mean;
}
