// English noun phrases: the choice of a or an, and pronouns that agree with the word they stand for.

import { drawnAll, type Lexeme } from '../grammar/lexeme.js';
import { agree, form, sequence, type Node } from '../grammar/nodes.js';
import type { Variable } from '../grammar/words.js';
import type { Pronoun } from './words.js';

/** Adjectives and a noun after a determiner that does not depend on the noun. */
function phrase(determiner: Node | string | undefined, noun: Lexeme, adjectives: readonly Lexeme[]): Node {
  return drawnAll([...adjectives, noun], (words) => {
    const spaced = words.flatMap((word, i) => [...(i > 0 ? [' '] : []), form(word, i === 0 && determiner === undefined ? 'a' : 'base')]);
    return sequence(...(determiner === undefined ? [] : [determiner, ' ']), ...spaced);
  });
}

/** a ball, an old ball. */
export function a(noun: Lexeme, ...adjectives: readonly Lexeme[]): Node {
  return phrase(undefined, noun, adjectives);
}

/** the ball, the red ball. */
export function the(noun: Lexeme, ...adjectives: readonly Lexeme[]): Node {
  return phrase('the', noun, adjectives);
}

/** my ball, my red ball. */
export function my(noun: Lexeme, ...adjectives: readonly Lexeme[]): Node {
  return phrase('my', noun, adjectives);
}

/** his ball or her red ball, by the pronoun of the owner. */
export function poss(owner: Variable, noun: Lexeme, ...adjectives: readonly Lexeme[]): Node {
  return phrase(his(owner), noun, adjectives);
}

/** Writes the case for the pronoun of a word. */
export function byPronoun(word: Variable, write: Readonly<Partial<Record<Pronoun, Node | string>>>): Node {
  const occurring = new Set(word.category.classes.map(({ features }) => features.pronoun));
  return agree(word, 'pronoun', Object.fromEntries(Object.entries(write).filter(([pronoun]) => occurring.has(pronoun))));
}

/** he, she or it. */
export const he = (word: Variable): Node => byPronoun(word, { he: 'he', she: 'she', it: 'it' });
/** him, her or it. */
export const him = (word: Variable): Node => byPronoun(word, { he: 'him', she: 'her', it: 'it' });
/** his, her or its. */
export const his = (word: Variable): Node => byPronoun(word, { he: 'his', she: 'her', it: 'its' });
