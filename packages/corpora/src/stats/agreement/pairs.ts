// Finds subjects and their verbs in a sentence with closed lists, and skips doubtful cases.
import { wordsOf } from '../words.js';
import type { Features, ProbeLanguage } from './language.js';

export interface AgreementPair {
  readonly subject: string;
  readonly verb: string;
  readonly distance: number;
  readonly agrees: boolean;
}

/** The words between two punctuation marks. */
interface Clause {
  readonly words: readonly string[];
  /** Whether a comma precedes it. */
  readonly afterComma: boolean;
  /**
   * Whether it is skipped: because it continues after and, or, but from a part without a verb (its subject may be one of two), or because
   * its verb may be a subjunctive.
   */
  readonly passedOver: boolean;
}

interface Subject {
  readonly features: Features;
  /** The index of its pronoun or noun. */
  readonly at: number;
  readonly pronoun: boolean;
}

/** The most adjectives between a determiner and its noun. */
const MOST_ADJECTIVES = 3;

export function* pairsOf(sentence: string, language: ProbeLanguage): Generator<AgreementPair> {
  const clauses = clausesOf(sentence, language);
  for (const [i, clause] of clauses.entries()) {
    const subject = clause.passedOver ? undefined : subjectOf(clause, language);
    if (!subject) continue;
    const at = verbOf(clause.words, subject, language);
    if (at >= 0) {
      yield pair(clause.words[subject.at], clause.words[at], subject, at - subject.at, language);
      continue;
    }
    // „Der Mann, der im Wald wohnte, war alt“: the verb comes right after the relative clause.
    const [relative, rest] = [clauses[i + 1], clauses[i + 2]];
    if (subject.at !== clause.words.length - 1 || !relative?.afterComma || !rest?.afterComma) continue;
    const [verb] = rest.words;
    if (!language.relatives.has(relative.words[0]) || !language.verbs.has(verb) || language.notSurelyFinite.has(verb)) continue;
    yield pair(clause.words[subject.at], verb, subject, relative.words.length + 1, language);
  }
}

function pair(subject: string, verb: string, { features }: Subject, distance: number, { verbs }: ProbeLanguage): AgreementPair {
  return { subject, verb, distance, agrees: (features & verbs.get(verb)!) !== 0 };
}

/** Splits a sentence at punctuation marks, before conjunctions, and at and, or, but. */
function clausesOf(sentence: string, language: ProbeLanguage): Clause[] {
  const clauses: Clause[] = [];
  const parts = sentence.split(/([^\p{L}\p{M}\p{N}\s'’‐‑-]+|\s-+\s)/u);
  for (let i = 0; i < parts.length; i += 2) {
    let words: string[] = [];
    let afterComma = i > 0 && parts[i - 1] === ',';
    let joined = false;
    let hypothetical = false;
    const close = (nextJoined: boolean): void => {
      if (words.length > 0) clauses.push({ words, afterComma, passedOver: joined || hypothetical });
      joined = nextJoined;
      hypothetical = false;
      words = [];
      afterComma = false;
    };
    for (const written of wordsOf(parts[i])) {
      const word = written.toLowerCase().replaceAll('’', "'");
      if (language.coordinators.has(word)) close(words.length > 0 && !words.some((other) => language.verbs.has(other) || language.ends(other)));
      // A relative clause keeps its pronoun.
      else if (language.conjunctions.has(word) && !(words.length === 0 && afterComma && language.relatives.has(word))) {
        close(false);
        hypothetical = language.hypothetical.has(word);
      } else words.push(word);
    }
    close(false);
  }
  return clauses;
}

function subjectOf({ words, afterComma }: Clause, language: ProbeLanguage): Subject | undefined {
  const { pronouns, initialPronouns, verbs } = language;
  const places = [...words.keys()].filter((at) => pronouns.has(words[at]));
  // Two subjects, or a subject after its verb.
  if (places.length > 1) return undefined;
  if (places.length === 1) {
    const [at] = places;
    return words.slice(0, at).some((word) => verbs.has(word) || language.ends(word)) ? undefined : { features: pronouns.get(words[at])!, at, pronoun: true };
  }
  const initial = initialPronouns.get(words[0]);
  const found = initial === undefined ? nounPhrase(words, language) : { features: initial, at: 0, pronoun: false };
  // „, die auf Bäume klettern wollte“ is a relative clause, not a noun phrase.
  if (found && found.at > 1 && afterComma && language.relatives.has(words[0])) return undefined;
  return found && words.slice(found.at + 1).some((word) => language.doubtful.has(word)) ? undefined : found;
}

/** A noun phrase at the beginning: a determiner, adjectives, a noun. */
function nounPhrase(words: readonly string[], { nounPhrases, verbs }: ProbeLanguage): Subject | undefined {
  for (let at = 1; at <= MOST_ADJECTIVES + 1 && at < words.length; at++) {
    for (const { features, determiners, nouns } of nounPhrases) if (nouns.has(words[at]) && determiners.has(words[0])) return { features, at, pronoun: false };
    if (verbs.has(words[at])) return undefined;
  }
  return undefined;
}

/** The index of the finite verb after a subject, or -1. */
function verbOf(words: readonly string[], subject: Subject, language: ProbeLanguage): number {
  const next = subject.at + 1;
  const { between } = language;
  const free = !between || (!subject.pronoun && between.prepositions.has(words[next]));
  const found: number[] = [];
  for (let at = next; at < words.length; at++) {
    // wasn't and doesn't show a person; wouldn't does not.
    const known = language.verbs.has(words[at]);
    if (!known && language.ends(words[at])) break;
    if (known && !language.beforeInfinitive.has(words[at - 1])) found.push(at);
    if (!known && !free && !between.adverbs.has(words[at])) break;
  }
  const finite = found.filter((at) => !language.notSurelyFinite.has(words[at]));
  if (!language.verbFinal) return found.length > 0 && (finite.includes(found[0]) || found[0] === next) ? found[0] : -1;
  if (finite.length > 0) return finite.includes(next) ? next : finite.at(-1)!;
  return found[0] === next ? next : -1;
}
