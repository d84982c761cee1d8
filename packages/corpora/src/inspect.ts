// Shows the choices behind a story and their probabilities.

import { checkSeed } from './arguments.js';
import { inTurn, randomDecider, replay } from './grammar/decide.js';
import type { Node } from './grammar/nodes.js';
import { parse } from './grammar/parse.js';
import { write, writeTraced, type Chosen, type Decider } from './grammar/write.js';
import { grammarOf, type Language } from './languages.js';

/** One choice of a story. */
export type StoryChoice = Chosen;

export interface InspectedStory {
  readonly text: string;
  /** The plot, for example `lost`. */
  readonly plot: string;
  /** Every choice, in the order in which they were made. */
  readonly choices: readonly StoryChoice[];
  /** Natural logarithm of the story's probability: the sum of the log-probabilities of its choices. */
  readonly logProbability: number;
}

/**
 * The story of `writeStory`, with every choice that was made.
 *
 * @throws RangeError for an unknown language or a seed out of range
 */
export function inspectStory(language: Language, seed: number): InspectedStory {
  checkSeed(seed);
  return inspect(grammarOf(language), randomDecider(seed));
}

/**
 * Parses a story, for example one that a model wrote: decides whether the grammar can write it, and how probable it is.
 *
 * @param text one story without its separator
 * @returns undefined if the grammar cannot write this text
 * @throws RangeError for an unknown language
 * @throws TypeError if the text is not a string
 */
export function parseStory(language: Language, text: string): InspectedStory | undefined {
  const grammar = grammarOf(language);
  if (typeof text !== 'string') throw new TypeError(`parseStory got ${String(text)}: expected the text of a story`);
  const [derivation] = parse(grammar, text);
  return derivation && inspect(grammar, replay(derivation));
}

/** The text of a story of one plot; the other choices are drawn from the seed. The caller has checked the arguments. */
export function writePlot(language: Language, plot: string, seed: number): string {
  return write(grammarOf(language), plotDecider(plot, seed));
}

/** The story of `writePlot`, with every choice that was made. */
export function inspectPlot(language: Language, plot: string, seed: number): InspectedStory {
  return inspect(grammarOf(language), plotDecider(plot, seed));
}

/**
 * Another text of `writePlot` that begins in the same way: its first choices are those of the seed, all others are drawn anew.
 *
 * @param kept how many choices stay; the text stays as far as none of the others reaches
 */
export function writePlotOtherwise(language: Language, plot: string, seed: number, kept: number, otherSeed: number): string {
  return write(grammarOf(language), inTurn(plotDecider(plot, seed), kept, randomDecider(otherSeed)));
}

function plotDecider(plot: string, seed: number): Decider {
  const drawn = randomDecider(seed);
  return {
    option: (choice) => (choice.name === 'plot' ? choice.options.findIndex(({ label }) => label === plot) : drawn.option(choice)),
    word: (pick, excepted) => drawn.word(pick, excepted),
  };
}

function inspect(grammar: Node, decider: Decider): InspectedStory {
  const { text, choices } = writeTraced(grammar, decider);
  return {
    text, choices,
    plot: choices[0].chosen,
    logProbability: choices.reduce((sum, { probability }) => sum + Math.log(probability), 0),
  };
}
