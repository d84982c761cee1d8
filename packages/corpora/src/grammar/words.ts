// The lexicon of a grammar: words with their written forms and grammatical features, and variables for the words that a story draws. It is
// independent of languages and plots.

/** One entry of a lexicon. */
export interface Word {
  /** The identifier of the word, for example its base form. Unique within its category. */
  readonly id: string;
  /** Form name -> written form, for example `{ nom: 'Hase', akk: 'Hasen' }`. */
  readonly forms: Readonly<Record<string, string>>;
  /** Feature name -> value, for example `{ gender: 'm' }`. Later choices may depend on these, never on the word itself. */
  readonly features: Readonly<Record<string, string>>;
}

/** The words of a category with equal features. The rest of a story can depend on a drawn word only through its class. */
export interface WordClass {
  /** Position among the classes of its category. */
  readonly index: number;
  readonly features: Readonly<Record<string, string>>;
  readonly words: readonly Word[];
}

/** A set of interchangeable words. Each is drawn with the same probability. */
export interface Category {
  readonly name: string;
  readonly words: readonly Word[];
  readonly classes: readonly WordClass[];
  /** The form that a template writes if it names none. */
  readonly base: string;
}

/** A variable for the word that a story draws from a category: the hero, the lost toy. */
export interface Variable {
  readonly name: string;
  readonly category: Category;
}

/**
 * Groups words into a category.
 *
 * @param base the form that a template writes when it names none
 * @throws Error if the category is empty, if an id occurs twice, or if words differ in which forms or features they have
 */
export function category(name: string, base: string, words: readonly Word[]): Category {
  if (words.length === 0) throw new Error(`category "${name}" has no words`);
  const shape = (word: Word) => [...Object.keys(word.forms).sort(), '|', ...Object.keys(word.features).sort()].join(' ');
  const ids = new Set<string>();
  const classes = new Map<string, Word[]>();
  for (const word of words) {
    if (ids.has(word.id)) throw new Error(`category "${name}" lists "${word.id}" twice`);
    ids.add(word.id);
    if (shape(word) !== shape(words[0])) throw new Error(`category "${name}": "${word.id}" has other forms or features than "${words[0].id}"`);
    const key = Object.keys(word.features).sort().map((feature) => word.features[feature]).join(' ');
    const group = classes.get(key);
    if (group) group.push(word);
    else classes.set(key, [word]);
  }
  if (words[0].forms[base] === undefined && Object.keys(words[0].forms).length > 0) throw new Error(`category "${name}" has no form "${base}"`);
  return { name, words, base, classes: [...classes.values()].map((group, index) => ({ index, features: group[0].features, words: group })) };
}

/** A new variable for words of a category. Two calls give two variables, whatever their names. */
export function variable(name: string, from: Category): Variable {
  return { name, category: from };
}
