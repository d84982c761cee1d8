// Writes one text from a grammar. The caller provides the decisions: from a random generator for a new text, or from a recorded list, to
// write the same text again with a trace of the choices.

import { capitalise, type ChoiceNode, type Node, type PickNode } from './nodes.js';
import type { Variable, Word } from './words.js';

/** Makes the decisions of a text, in order. */
export interface Decider {
  /** Index of an option of the choice. */
  option(choice: ChoiceNode): number;
  /** Index of a word of the category that is not among the excepted ones. */
  word(pick: PickNode, excepted: readonly Word[]): number;
}

/** One decision and its result. */
export interface Chosen {
  /** Name of the choice or of the variable. */
  readonly name: string;
  /** Label of the option, or the id of the word. */
  readonly chosen: string;
  /** Probability of this outcome given everything chosen before, 0 < p <= 1. */
  readonly probability: number;
  /** The range of its text, in UTF-16 code units: `text.slice(start, end)`; for a word its first mention. */
  readonly start: number;
  readonly end: number;
}

/** Writes one text. */
export function write(root: Node, decider: Decider): string {
  const writer = new Writer(decider);
  writer.visit(root);
  return writer.text;
}

/** Writes one text and returns every decision, in order. */
export function writeTraced(root: Node, decider: Decider): { text: string; choices: Chosen[] } {
  const trace: Trace = { choices: [], waiting: new Map() };
  const writer = new Writer(decider, trace);
  writer.visit(root);
  return { text: writer.text, choices: trace.choices };
}

type Draft = { -readonly [K in keyof Chosen]: Chosen[K] };

/** `waiting` contains the words that were drawn but not yet written. */
interface Trace { readonly choices: Draft[]; readonly waiting: Map<Variable, Draft> }

class Writer {
  text = '';
  #capitalNext = false;
  readonly #words = new Map<Variable, Word>();

  readonly #decider: Decider;
  readonly #trace?: Trace;

  constructor(decider: Decider, trace?: Trace) {
    this.#decider = decider;
    this.#trace = trace;
  }

  visit(node: Node): void {
    switch (node.kind) {
      case 'text': return this.#append(node.text);
      case 'sequence':
        for (const child of node.children) this.visit(child);
        return;
      case 'choice': return this.#choose(node);
      case 'pick': return this.#draw(node);
      case 'form': return this.#mention(node.variable, node.form);
      case 'agree': return this.visit(node.cases.get(this.#wordOf(node.variable).features[node.feature])!);
      case 'capital':
        this.#capitalNext = true;
        return;
    }
  }

  #choose(node: ChoiceNode): void {
    const option = node.options[this.#decider.option(node)];
    const start = this.text.length;
    const draft = { name: node.name, chosen: option.label, probability: option.weight / node.total, start, end: start };
    this.#trace?.choices.push(draft);
    this.visit(option.node);
    draft.end = this.text.length;
  }

  #draw(node: PickNode): void {
    const { variable } = node;
    const excepted = node.except.map((other) => this.#wordOf(other));
    const word = variable.category.words[this.#decider.word(node, excepted)];
    this.#words.set(variable, word);
    if (this.#trace) {
      const draft = { name: variable.name, chosen: word.id, probability: 1 / (variable.category.words.length - excepted.length), start: this.text.length, end: this.text.length };
      this.#trace.choices.push(draft);
      this.#trace.waiting.set(variable, draft);
    }
    this.visit(node.body);
    this.#words.delete(variable);
  }

  #mention(variable: Variable, form: string): void {
    const start = this.text.length;
    this.#append(this.#wordOf(variable).forms[form]);
    const draft = this.#trace?.waiting.get(variable);
    if (draft) {
      draft.start = start;
      draft.end = this.text.length;
      this.#trace?.waiting.delete(variable);
    }
  }

  #wordOf(variable: Variable): Word {
    const word = this.#words.get(variable);
    if (!word) throw new Error(`"${variable.name}" is used where no word was drawn for it`);
    return word;
  }

  #append(text: string): void {
    if (this.#capitalNext) {
      const capitalised = capitalise(text);
      this.#capitalNext = !capitalised.found;
      this.text += capitalised.text;
    } else this.text += text;
  }
}
