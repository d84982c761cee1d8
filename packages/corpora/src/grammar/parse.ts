// Finds all derivations of a text in a grammar, with a backtracking top-down parser.
//
// A story draws its hero long before it writes the name, so the parser does not guess words when they are drawn. It keeps the candidates of
// every variable and narrows them when the text mentions the word or agrees with it.

import { capitalise, type Node, type PickNode } from './nodes.js';
import type { Variable, Word } from './words.js';

/** The decisions that produce a text, in the order in which the writer makes them: indices of options and of words. */
export type Derivation = readonly number[];

interface State {
  readonly position: number;
  readonly capitalNext: boolean;
  /** Variable -> words that fit the text so far. */
  readonly candidates: ReadonlyMap<Variable, readonly Word[]>;
  /** The number of decisions begun. The decision of a word keeps its index and is filled in when the word is known. */
  readonly begun: number;
  readonly decided: Decided | undefined;
}
interface Decided { readonly number: number; readonly decision: number; readonly before: Decided | undefined }
type Next = (state: State) => void;

/** Every derivation of the text; none if the grammar cannot write it. */
export function parse(root: Node, text: string): Derivation[] {
  const derivations: Derivation[] = [];
  const start: State = { position: 0, capitalNext: false, candidates: new Map(), begun: 0, decided: undefined };
  new Parser(text).match(root, start, (state) => {
    if (state.position === text.length) derivations.push(toList(state));
  });
  return derivations;
}

function toList({ begun, decided }: State): Derivation {
  const list = new Array<number>(begun);
  for (let entry = decided; entry; entry = entry.before) list[entry.number] = entry.decision;
  return list;
}

class Parser {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Calls `next` once for every way in which the node can produce the text at the state's position. */
  match(node: Node, state: State, next: Next): void {
    switch (node.kind) {
      case 'text': return this.#matchText(node.text, state, next);
      case 'sequence': return this.#matchFrom(node.children, 0, state, next);
      case 'choice':
        node.options.forEach((option, decision) => {
          this.match(option.node, { ...state, begun: state.begun + 1, decided: { number: state.begun, decision, before: state.decided } }, next);
        });
        return;
      case 'pick': return this.#matchPick(node, state, next);
      case 'form':
        return this.#split(node.variable, state, (word) => word.forms[node.form], (written, narrow) => this.#matchText(written, state, (after) => next(narrow(after))));
      case 'agree':
        return this.#split(node.variable, state, (word) => word.features[node.feature], (value, narrow) => this.match(node.cases.get(value)!, narrow(state), next));
      case 'capital': return next({ ...state, capitalNext: true });
    }
  }

  #matchFrom(children: readonly Node[], at: number, state: State, next: Next): void {
    if (at === children.length) next(state);
    else this.match(children[at], state, (after) => this.#matchFrom(children, at + 1, after, next));
  }

  #matchText(written: string, state: State, next: Next): void {
    const { text, found } = state.capitalNext ? capitalise(written) : { text: written, found: true };
    if (!this.#text.startsWith(text, state.position)) return;
    next({ ...state, position: state.position + text.length, capitalNext: !found });
  }

  /**
   * Calls `go` once for every value of `by` over the candidates of a variable; `narrow` restricts a state to the candidates with that
   * value.
   */
  #split(variable: Variable, state: State, by: (word: Word) => string, go: (value: string, narrow: (state: State) => State) => void): void {
    const candidates = state.candidates.get(variable)!;
    if (candidates.length === 1) return go(by(candidates[0]), (same) => same);
    const groups = new Map<string, Word[]>();
    for (const word of candidates) {
      const value = by(word);
      const group = groups.get(value);
      if (group) group.push(word);
      else groups.set(value, [word]);
    }
    for (const [value, words] of groups) go(value, (wide) => ({ ...wide, candidates: new Map(wide.candidates).set(variable, words) }));
  }

  /** Keeps the word open while the body is parsed; every remaining candidate is one derivation. */
  #matchPick({ variable, except, body }: PickNode, state: State, next: Next): void {
    const { words } = variable.category;
    const inside = { ...state, begun: state.begun + 1, candidates: new Map(state.candidates).set(variable, words) };
    this.match(body, inside, (after) => {
      for (const word of after.candidates.get(variable)!) {
        const candidates = new Map(after.candidates);
        candidates.delete(variable);
        for (const other of except) candidates.set(other, candidates.get(other)!.filter((candidate) => candidate !== word));
        if (except.some((other) => candidates.get(other)!.length === 0)) continue;
        next({ ...after, candidates, decided: { number: state.begun, decision: words.indexOf(word), before: after.decided } });
      }
    });
  }
}
