// What the agreement probe knows of a language: closed lists of words with their person and number.

/** Persons and numbers as bits: a form that serves several has several. A subject and a verb agree if they share one. */
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
  /** Words that make the beginning of a clause an object perhaps, or a second subject: such clauses are passed over, if their subject is no pronoun. */
  readonly doubtful: ReadonlySet<string>;
  readonly verbs: ReadonlyMap<string, Features>;
  /** Forms of `verbs` that are infinitives or participles too: they count only right behind the subject, and where no other verb is. */
  readonly notSurelyFinite: ReadonlySet<string>;
  /** A verb behind one of these is an infinitive. */
  readonly beforeInfinitive: ReadonlySet<string>;
  /** Whether the finite verb may stand at the end of a clause: then the last one counts, else the first one. */
  readonly verbFinal: boolean;
  /** Behind such a word no verb of the clause is judged: it is, or may be, a finite verb without person. */
  readonly ends: (word: string) => boolean;
  /**
   * What may stand behind a subject before its verb, where the word order tells: behind a pronoun adverbs only, behind a noun also whatever
   * a preposition begins. Undefined: anything.
   */
  readonly between: { readonly adverbs: ReadonlySet<string>; readonly prepositions: ReadonlySet<string> } | undefined;
  /** Conjunctions whose clauses are passed over, for their verbs may be subjunctives that show no number („if he were“). */
  readonly hypothetical: ReadonlySet<string>;
  /** Words that begin a clause. */
  readonly conjunctions: ReadonlySet<string>;
  /** and, or, but: they begin a clause or join two subjects. */
  readonly coordinators: ReadonlySet<string>;
  /** Pronouns that begin a relative clause between commas. */
  readonly relatives: ReadonlySet<string>;
}

export const setOf = (words: string): ReadonlySet<string> => new Set(words.toLowerCase().split(' ').filter(Boolean));

/** A word in several lists gets the features of all of them. */
export function featuresOf(lists: readonly (readonly [Features, string])[]): ReadonlyMap<string, Features> {
  const map = new Map<string, Features>();
  for (const [features, words] of lists) for (const word of setOf(words)) map.set(word, (map.get(word) ?? 0) | features);
  return map;
}
