// A queue of pairs of answers: who votes on what next, what was voted, and what a model that has learned from the votes is unsure of.
import { shown } from '../data/check-example.js';
import { queuedPair, type AnswerPair, type QueuedPair } from './answer-pair.js';
import { checkVote, type Vote } from './votes.js';
import { decidedPairs, type DecidedPair } from './decisions.js';

/** What a model guesses about pairs. */
export interface Guesses {
  /** By the `id` of the pair, how much better the model finds a than b, in units of reward: below 0 where it finds b better. */
  readonly margins: Readonly<Record<string, number>>;
  /** The `id`s of the pairs from whose votes it learned. */
  readonly learned: readonly string[];
  /** All votes that there were then; left out where nobody kept them. */
  readonly votes?: readonly Vote[] | undefined;
}

/** All of a queue as plain JSON. */
export interface VoteQueueState {
  readonly format: 'kk-vote-queue-1';
  readonly pairs: readonly { readonly prompt: readonly number[]; readonly a: readonly number[]; readonly b: readonly number[] }[];
  readonly votes: readonly Vote[];
  readonly guesses: Guesses | null;
}

/** A model's guess about a pair. */
export interface Guess {
  readonly choice: 'a' | 'b';
  /** How sure it is, from 0.5 to 1: 1 / (1 + exp(-|margin|)), as Bradley and Terry (1952) have it. */
  readonly probability: number;
  /** Whether it learned from a vote on this pair. */
  readonly isLearned: boolean;
}

/** In how many pairs a model would decide as the voters did. */
export interface GuessedRight {
  readonly right: number;
  readonly of: number;
}

const FORMAT = 'kk-vote-queue-1';

export class VoteQueue {
  readonly #pairs = new Map<string, QueuedPair>();
  readonly #votes: Vote[] = [];
  #guesses: Guesses | undefined;

  /**
   * @param pairs in the order in which they are asked; one that is there twice counts once
   * @throws RangeError that names a pair that is empty, or whose answers are the same
   */
  constructor(pairs: readonly AnswerPair[] = []) {
    this.add(pairs);
  }

  /**
   * A queue as it was.
   * @param value what `toJSON` returned, or the same read from JSON
   * @throws {Error} that says what is wrong with it
   */
  static fromJSON(value: unknown): VoteQueue {
    const { format, pairs, votes, guesses } = Object(value) as Record<string, unknown>;
    if (format !== FORMAT) throw new Error(`This is no queue of votes: its format is ${shown(format)}; expected "${FORMAT}".`);
    if (!Array.isArray(pairs) || !Array.isArray(votes)) throw new Error(`This queue of votes has as pairs ${shown(pairs)} and as votes ${shown(votes)}; expected two lists.`);
    const queue = new VoteQueue(pairs.map(pairOf));
    if (queue.#pairs.size !== pairs.length) throw new Error('This queue of votes holds a pair twice; expected each once.');
    votes.forEach((vote: unknown, i) => named(`votes[${i}]`, () => queue.#add(vote)));
    if (guesses !== null) named('guesses', () => queue.#guess(guessesOf(guesses)));
    return queue;
  }

  toJSON(): VoteQueueState {
    const list = ({ prompt, a, b }: QueuedPair) => ({ prompt: [...prompt], a: [...a], b: [...b] });
    return { format: FORMAT, pairs: this.pairs.map(list), votes: [...this.#votes], guesses: this.#guesses ?? null };
  }

  get pairs(): QueuedPair[] {
    return [...this.#pairs.values()];
  }

  /** In the order in which they were given. */
  get votes(): readonly Vote[] {
    return this.#votes;
  }

  get guesses(): Guesses | undefined {
    return this.#guesses;
  }

  /** @returns how many of the pairs are new */
  add(pairs: readonly AnswerPair[]): number {
    const before = this.#pairs.size;
    pairs.forEach((pair, i) => named(`pairs[${i}]`, () => {
      const queued = queuedPair(pair);
      if (!this.#pairs.has(queued.id)) this.#pairs.set(queued.id, queued);
    }));
    return this.#pairs.size - before;
  }

  /**
   * The pairs that somebody has not voted on, in the order in which they are asked. Where there are guesses, those come first of which the model is least
   * sure, that is, whose two rewards are nearest to each other: a vote on them tells it the most (uncertainty sampling, Lewis and Gale 1994,
   * arXiv:cmp-lg/9407020; under Bradley and Terry's model the entropy of a vote is highest where the rewards are equal). Pairs without a guess come last.
   */
  open(voter: string): QueuedPair[] {
    const done = new Set(this.#votes.filter((vote) => vote.voter === voter).map(({ pair }) => pair));
    const certainty = ({ id }: QueuedPair): number => Math.abs(this.#guesses?.margins[id] ?? Infinity);
    const open = this.pairs.filter(({ id }) => !done.has(id));
    return this.#guesses ? open.sort((one, other) => (certainty(one) === certainty(other) ? 0 : certainty(one) - certainty(other))) : open;
  }

  /** The pair that somebody is asked next; undefined where he has voted on all. */
  next(voter: string): QueuedPair | undefined {
    return this.open(voter)[0];
  }

  /** @throws {Error} when the vote is none, its pair is not in the queue, or its voter has voted on this pair already */
  vote(vote: Vote): void {
    named('vote', () => this.#add(vote));
  }

  #add(vote: unknown): void {
    const checked = checkVote(vote);
    const { pair, voter } = checked;
    if (!this.#pairs.has(pair)) throw new RangeError(`there is no pair ${shown(pair)} in this queue; expected the id of one of its ${this.#pairs.size} pairs`);
    if (this.#votes.some((one) => one.pair === pair && one.voter === voter)) throw new RangeError(`${shown(voter)} has voted on ${pair} already; expected one vote of each voter on a pair: take the earlier one back first`);
    this.#votes.push(checked);
  }

  /**
   * Takes the last vote of somebody back.
   * @returns the vote; undefined where there is none
   */
  back(voter: string): Vote | undefined {
    const place = this.#votes.findLastIndex((vote) => vote.voter === voter);
    return place < 0 ? undefined : this.#votes.splice(place, 1)[0];
  }

  /** The pair of this name. */
  pair(id: string): QueuedPair | undefined {
    return this.#pairs.get(id);
  }

  /** The pairs that the votes of all voters decide: see `decidedPairs`. */
  decided(): DecidedPair[] {
    return decidedPairs(this.pairs, this.#votes);
  }

  /** @throws RangeError when a pair is not in the queue, or a margin is no finite number */
  setGuesses(guesses: Guesses): void {
    named('setGuesses', () => this.#guess(guesses));
  }

  #guess({ margins, learned, votes }: Guesses): void {
    const unknown = [...Object.keys(margins), ...learned].find((id) => !this.#pairs.has(id));
    if (unknown !== undefined) throw new RangeError(`there is no pair ${shown(unknown)} in this queue; expected ids of its pairs`);
    const wrong = Object.entries(margins).find(([, margin]) => !Number.isFinite(margin));
    if (wrong) throw new RangeError(`the margin of ${wrong[0]} is ${String(wrong[1])}; expected a finite number`);
    this.#guesses = { margins: { ...margins }, learned: [...learned], ...(votes !== undefined && { votes: votes.map((vote) => checkVote(vote)) }) };
  }

  /** What the model would vote; undefined where it was not asked, or finds both equally good. */
  guessOf(id: string): Guess | undefined {
    const margin = this.#guesses?.margins[id];
    if (!margin) return undefined;
    return { choice: margin > 0 ? 'a' : 'b', probability: 1 / (1 + Math.exp(-Math.abs(margin))), isLearned: this.#guesses!.learned.includes(id) };
  }

  /**
   * Holds the guesses against what is decided: on pairs that the model learned from, which says whether it can tell, and on the others, which says whether
   * it has understood. Of those the ones that it was unsure of were asked first, so that they are harder than any others.
   */
  guessedRight(): { readonly learned: GuessedRight; readonly others: GuessedRight } {
    const guessed = this.decided().flatMap(({ id, better }) => {
      const guess = this.guessOf(id);
      return guess ? [{ isRight: guess.choice === better, isLearned: guess.isLearned }] : [];
    });
    const count = (some: typeof guessed): GuessedRight => ({ right: some.filter(({ isRight }) => isRight).length, of: some.length });
    return { learned: count(guessed.filter(({ isLearned }) => isLearned)), others: count(guessed.filter(({ isLearned }) => !isLearned)) };
  }
}

function pairOf(value: unknown, i: number): AnswerPair {
  const { prompt, a, b } = Object(value) as Record<string, unknown>;
  const list = (name: string, ids: unknown): Int32Array => {
    if (Array.isArray(ids) && ids.every((id) => Number.isInteger(id) && (id as number) >= 0 && (id as number) < 2 ** 31)) return Int32Array.from(ids as number[]);
    throw new Error(`pairs[${i}].${name} is ${shown(ids)}; expected a list of token ids`);
  };
  return { prompt: list('prompt', prompt), a: list('a', a), b: list('b', b) };
}

function guessesOf(value: unknown): Guesses {
  const { margins, learned, votes } = Object(value) as Record<string, unknown>;
  if (typeof margins !== 'object' || margins === null || Array.isArray(margins) || !Array.isArray(learned) || !learned.every((id) => typeof id === 'string')) throw new Error(`found ${shown(value)}; expected {"margins": {...}, "learned": [...]}, or null`);
  if (votes !== undefined && !Array.isArray(votes)) throw new Error(`votes is ${shown(votes)}; expected a list of votes`);
  return { margins: margins as Record<string, number>, learned, ...(votes !== undefined && { votes: votes as Vote[] }) };
}

/** Names what an error is about. */
function named<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new RangeError(`VoteQueue: ${name}: ${(error as Error).message}.`, { cause: error });
  }
}
