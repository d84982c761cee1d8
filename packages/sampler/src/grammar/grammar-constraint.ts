// A grammar as a constraint over the tokens of a vocabulary.
import { Automaton, type Configuration } from './automaton.js';
import { requireVocabulary } from './check-vocabulary.js';
import { type Constraint, notAllowed } from './constraint.js';
import type { Grammar } from './expression.js';
import { compileProgram } from './program.js';
import { isTokenByte, stepToken, TOKEN_MARK, visitTokens } from './token-characters.js';
import { TokenMask } from './token-mask.js';
import type { TokenVocabulary } from './token-vocabulary.js';

/** Shared by a constraint and its forks: the automaton, whose tables grow while texts are written. */
interface Shared {
  readonly vocabulary: TokenVocabulary;
  /** The mask after an end token: only end tokens. */
  readonly onlyEnd: TokenMask;
  /** Whether the grammar names tokens. */
  readonly namesTokens: boolean;
  automaton: Automaton;
}

export class GrammarConstraint implements Constraint {
  readonly #shared: Shared;
  #automaton: Automaton;
  /** Undefined after an end token. */
  #configuration: Configuration | undefined;

  private constructor(shared: Shared, automaton: Automaton, configuration: Configuration | undefined) {
    this.#shared = shared;
    this.#automaton = automaton;
    this.#configuration = configuration;
  }

  /** @throws TypeError if it is no vocabulary; RangeError if the vocabulary can write no text of the grammar, or if the grammar is left-recursive or too large */
  static of(grammar: Grammar, vocabulary: TokenVocabulary): GrammarConstraint {
    requireVocabulary(vocabulary);
    const program = compileProgram(grammar, vocabulary.usedBytes().map((used, byte) => used || isTokenByte(byte)));
    // Only a grammar that names tokens has an edge that begins at the mark.
    const namesTokens = program.classOf[TOKEN_MARK] !== program.classOf[TOKEN_MARK - 1];
    const automaton = new Automaton(program);
    const onlyEnd = new TokenMask(vocabulary.size);
    for (const id of vocabulary.endTokens) onlyEnd.add(id);
    return new GrammarConstraint({ vocabulary, onlyEnd, namesTokens, automaton }, automaton, automaton.start);
  }

  get endTokens(): readonly number[] {
    return this.#shared.vocabulary.endTokens;
  }

  get complete(): boolean {
    return this.#configuration?.complete ?? true;
  }

  allowed(): TokenMask {
    const configuration = this.#configuration;
    if (configuration === undefined) return this.#shared.onlyEnd;
    if (configuration.mask === undefined) {
      const { vocabulary, namesTokens } = this.#shared;
      const automaton = this.#automaton;
      const mask = vocabulary.readable(namesTokens ? { step: (from, byte) => (byte === TOKEN_MARK ? undefined : automaton.step(from, byte)) } : automaton, configuration);
      if (namesTokens) visitTokens(automaton, configuration, (id) => mask.add(id));
      if (configuration.complete) for (const id of vocabulary.endTokens) mask.add(id);
      automaton.keepMask(configuration, mask);
    }
    return configuration.mask!;
  }

  accept(id: number): void {
    const { vocabulary, namesTokens } = this.#shared;
    if (vocabulary.isEnd(id) && this.complete) {
      this.#configuration = undefined;
      return;
    }
    const bytes = vocabulary.bytesOf(id);
    const start = this.#configuration;
    let configuration = bytes === undefined ? undefined : start;
    for (let at = 0; bytes !== undefined && at < bytes.length && configuration !== undefined; at++) {
      configuration = namesTokens && bytes[at] === TOKEN_MARK ? undefined : this.#automaton.step(configuration, bytes[at]);
    }
    if (namesTokens && start !== undefined && vocabulary.isId(id)) {
      const named = stepToken(this.#automaton, start, id);
      configuration = named && configuration ? this.#automaton.either(named, configuration) : (named ?? configuration);
    }
    if (configuration === undefined) throw notAllowed(id, bytes);
    this.#configuration = configuration;
    if (this.#automaton.isFull) this.#moveToFreshAutomaton();
  }

  reset(): void {
    this.#automaton = this.#shared.automaton;
    this.#configuration = this.#automaton.start;
  }

  fork(): GrammarConstraint {
    return new GrammarConstraint(this.#shared, this.#automaton, this.#configuration);
  }

  /** Starts with empty tables, so that memory stays bounded for long and deep texts. The old tables are freed when all forks have moved. */
  #moveToFreshAutomaton(): void {
    if (this.#shared.automaton === this.#automaton) this.#shared.automaton = new Automaton(this.#automaton.program);
    if (this.#configuration !== undefined) this.#configuration = this.#shared.automaton.adopt(this.#automaton, this.#configuration);
    this.#automaton = this.#shared.automaton;
  }
}
