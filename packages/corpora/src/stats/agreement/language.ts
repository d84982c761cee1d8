// The data of a language for the agreement probe: closed lists of words with their person and number.

/** Persons and numbers as bits; a form may have several. A subject and a verb agree if they share a bit. */
export type Features = number;

export const FIRST: Features = 1;
export const SECOND: Features = 2;
export const THIRD: Features = 4;
export const PLURAL: Features = 8;

export interface NounPhrases {
  readonly features: Features;
  readonly determiners: ReadonlySet<string>;
  readonly nouns: ReadonlySet<string>;
}

/** All words in lower case. */
export interface ProbeLanguage {
  /** Pronouns that can only be a subject. */
  readonly pronouns: ReadonlyMap<string, Features>;
  /** Pronouns that are a subject at the beginning of a clause. */
  readonly initialPronouns: ReadonlyMap<string, Features>;
  readonly nounPhrases: readonly NounPhrases[];
  /**
   * Words that make it possible that the clause begins with an object or a second subject. Such clauses are skipped, unless their subject
   * is a pronoun.
   */
  readonly doubtful: ReadonlySet<string>;
  readonly verbs: ReadonlyMap<string, Features>;
  /**
   * Forms of `verbs` that are also infinitives or participles. They count only directly after the subject, and only if there is no other
   * verb.
   */
  readonly notSurelyFinite: ReadonlySet<string>;
  /** A verb after one of these is an infinitive. */
  readonly beforeInfinitive: ReadonlySet<string>;
  /** Whether the finite verb may be at the end of a clause. If so, the last verb counts, otherwise the first. */
  readonly verbFinal: boolean;
  /** After such a word no verb of the clause is judged: the word is, or may be, a finite verb that shows no person. */
  readonly ends: (word: string) => boolean;
  /**
   * The words allowed between a subject and its verb, if word order decides: after a pronoun only adverbs; after a noun also prepositional
   * phrases. Undefined: anything.
   */
  readonly between: { readonly adverbs: ReadonlySet<string>; readonly prepositions: ReadonlySet<string> } | undefined;
  /** Conjunctions whose clauses are skipped, because their verbs may be subjunctives that show no number („if he were“). */
  readonly hypothetical: ReadonlySet<string>;
  /** Words that begin a clause. */
  readonly conjunctions: ReadonlySet<string>;
  /** and, or, but: they begin a clause or join two subjects. */
  readonly coordinators: ReadonlySet<string>;
  /** Pronouns that begin a relative clause between commas. */
  readonly relatives: ReadonlySet<string>;
}

export const setOf = (words: string): ReadonlySet<string> => new Set(words.toLowerCase().split(' ').filter(Boolean));

/** A word in several lists has the features of all of them. */
export function featuresOf(lists: readonly (readonly [Features, string])[]): ReadonlyMap<string, Features> {
  const map = new Map<string, Features>();
  for (const [features, words] of lists) for (const word of setOf(words)) map.set(word, (map.get(word) ?? 0) | features);
  return map;
}
