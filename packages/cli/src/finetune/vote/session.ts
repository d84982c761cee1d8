// A round of votes in a terminal or a pipe: shows a pair, takes the vote, learns when there are enough, and goes on with what the model is unsure of.
import { join } from 'node:path';
import { agreementOf, type Choice, type QueuedPair, type Vote, type VoteQueue } from '@kk/finetune';
import { saveVoteQueue, saveVotes } from '@kk/finetune/node';
import { writeWholeFile } from '@kk/whole-file';
import type { Context } from '../../context.js';
import { exitCodes, Interrupted } from '../../errors.js';
import type { OutputFolder } from '../../files/output-folder.js';
import { quotePath } from '../../files/paths.js';
import type { ComputedBy } from '../../options/computed-by.js';
import type { DeviceOptions } from '../../options/device.js';
import { Progress } from '../../terminal/progress.js';
import { factTable } from '../../terminal/table.js';
import { printable } from '../../terminal/text.js';
import type { Action, VoteInput } from './input.js';
import { learn } from './learn.js';
import type { VoteMessages } from './messages.js';
import type { VotePrompt, VotePrompts } from './prompts.js';
import { voteKind, VOTER, type VoteSettings } from './settings.js';

/** What is decided for a or b, as `kk finetune dpo` and `reward` read it. */
export const DECIDED = 'pairs.jsonl';

export interface VoteSessionParts {
  readonly settings: VoteSettings;
  readonly device: DeviceOptions;
  readonly prompts: VotePrompts;
  readonly queue: VoteQueue;
  readonly computedBy: ComputedBy | undefined;
  /** Full path. */
  readonly folder: string;
  readonly shownFolder: string;
  readonly output: OutputFolder;
  readonly voter: string;
  /** How many new votes for a or b there are before it learns. */
  readonly learnAfter: number;
  readonly says: VoteMessages;
  readonly json: boolean;
}

/** Prompts and answers are shown up to so many characters: the end of a prompt, and the beginning of an answer. */
const LONGEST = 600;

export class VoteSession {
  readonly #prompts: ReadonlyMap<string, VotePrompt>;

  constructor(
    readonly context: Context,
    readonly parts: VoteSessionParts,
    readonly input: VoteInput,
    /** Whether somebody sees which keys there are. */
    readonly isInteractive: boolean,
    /** Aborted by Ctrl-C, which may be a key. */
    readonly signal: AbortSignal,
  ) {
    this.#prompts = new Map(parts.prompts.prompts.map((prompt) => [prompt.ids.join(), prompt]));
  }

  /**
   * Runs until all pairs have the voter's vote, the input ends, or he leaves.
   * @throws {Interrupted} when it is stopped; every vote is saved
   */
  async run(): Promise<void> {
    const { queue, voter } = this.parts;
    try {
      if (this.#isTimeToLearn()) await this.#learn();
      let pair = queue.next(voter) ?? (await this.#lastBack());
      while (pair) {
        this.#show(pair);
        const action = await this.#nextAction();
        if (action === undefined || action === 'quit') break;
        if (action === 'back') pair = (await this.#back()) ?? pair;
        else {
          await this.#vote(pair, action);
          if (this.#isTimeToLearn() && queue.next(voter)) await this.#learn();
          pair = queue.next(voter) ?? (await this.#lastBack());
        }
      }
      if (!pair) await this.#votedOnAll();
      this.#finish(pair !== undefined);
    } catch (error) {
      if (!this.signal.aborted || error !== this.signal.reason) throw error;
      throw this.#stopped(error);
    }
  }

  /** Says which keys there are, until one of them is typed. */
  async #nextAction(): Promise<Exclude<Action, 'unknown'> | undefined> {
    for (;;) {
      const action = await this.input.next(this.signal);
      if (action !== 'unknown') return action;
      this.#note(this.parts.says.keys);
    }
  }

  /** After the last pair, its vote can still be taken back, before it learns. @returns the pair that is asked again */
  async #lastBack(): Promise<QueuedPair | undefined> {
    const { queue, voter, says } = this.parts;
    if (!queue.votes.some((vote) => vote.voter === voter)) return undefined;
    if (this.isInteractive) this.#note(says.lastKeys);
    return (await this.input.next(this.signal)) === 'back' ? this.#back() : undefined;
  }

  /** The better and the worse answers so far. */
  get #decidedLines(): string {
    const lines = this.parts.queue.decided().flatMap(({ prompt, a, b, better }) => {
      const { source } = this.#promptOf(prompt);
      const [chosen, rejected] = (better === 'a' ? [a, b] : [b, a]).map((ids) => {
        const text = this.#answerText(ids, source);
        return typeof source === 'string' ? text : [{ role: 'assistant', content: text }];
      });
      return [`${JSON.stringify({ prompt: source, chosen, rejected })}\n`];
    });
    return lines.join('');
  }

  /** The prompt that a pair answers; the recipe's files are the same as when it was written. */
  #promptOf(ids: Int32Array): VotePrompt {
    return this.#prompts.get(ids.join())!;
  }

  /** Without the token that ended it, and without what the template writes before it. */
  #answerText(ids: Int32Array, source: VotePrompt['source']): string {
    const { tokenizer, lead } = this.parts.prompts;
    const text = tokenizer.decode([...ids.subarray(0, -1)].filter((id) => id < tokenizer.vocabSize));
    return typeof source !== 'string' && text.startsWith(lead) ? text.slice(lead.length) : text;
  }

  #show(pair: QueuedPair): void {
    const { queue, voter, says, json } = this.parts;
    const number = queue.pairs.length - queue.open(voter).length + 1;
    const { text, source } = this.#promptOf(pair.prompt);
    const [a, b] = [pair.a, pair.b].map((ids) => this.#answerText(ids, source));
    if (json) return this.context.json({ event: 'pair', pair: pair.id, number, of: queue.pairs.length, prompt: text, a, b });
    const { terminal } = this.context;
    const { colors } = terminal;
    terminal.print(colors.dim(` ${says.pair(number, queue.pairs.length)}`));
    terminal.paragraph(lastPart(text), { style: colors.bold, indent: 1 });
    terminal.print();
    terminal.print(factTable([['a', firstPart(a!)], ['b', firstPart(b!)]], terminal));
    terminal.print();
    if (this.isInteractive) this.#note(says.keys);
  }

  async #vote({ id }: QueuedPair, choice: Choice): Promise<void> {
    const { queue, voter, says, json } = this.parts;
    queue.vote({ pair: id, voter, choice });
    await this.#saveVotes();
    const guess = queue.guessOf(id);
    if (json) return this.context.json({ event: 'vote', pair: id, voter, choice, guess: guess ? { choice: guess.choice, probability: guess.probability } : null });
    const { terminal } = this.context;
    terminal.print(` › ${terminal.colors.cyan(says.choices[choice])}`);
    if (guess) this.#note(says.guessed(guess.choice, guess.probability));
    terminal.print();
  }

  /** @returns the pair that is asked again */
  async #back(): Promise<QueuedPair | undefined> {
    const { queue, voter, says, json } = this.parts;
    const vote = queue.back(voter);
    if (vote) await this.#saveVotes();
    if (json) this.context.json({ event: 'back', pair: vote?.pair ?? null });
    else {
      this.#note(vote ? says.takenBack : says.nothingToTakeBack);
      this.context.terminal.print();
    }
    return vote && queue.pair(vote.pair);
  }

  async #saveVotes(): Promise<void> {
    const { folder, queue } = this.parts;
    await saveVotes(folder, queue);
    await writeWholeFile(join(folder, DECIDED), this.#decidedLines);
  }

  /** Votes for a or b that came since it learned the last time, or are gone since, by whomever: on pairs that it knows they may change what is decided. */
  #newVotes(): number {
    const { guesses, votes } = this.parts.queue;
    const decisive = (some: readonly Vote[]): Set<string> => new Set(some.filter(({ choice }) => choice !== 'neither').map(({ pair, voter, choice }) => JSON.stringify([pair, voter, choice])));
    const now = decisive(votes);
    const learned = new Set(guesses?.learned);
    // Earlier versions did not keep them.
    const before = decisive(guesses?.votes ?? votes.filter(({ pair }) => learned.has(pair)));
    const missing = (some: Set<string>, among: Set<string>): number => [...some].filter((vote) => !among.has(vote)).length;
    return Math.max(missing(now, before), missing(before, now));
  }

  #isTimeToLearn(): boolean {
    return this.#newVotes() >= this.parts.learnAfter && this.parts.queue.decided().length > 0;
  }

  async #learn(): Promise<void> {
    const { queue, folder, says, json, output, settings, device, prompts, computedBy, voter } = this.parts;
    const { terminal } = this.context;
    const unseen = queue.guessedRight().others;
    const votes = queue.decided().length;
    const progress = new Progress(terminal);
    const found = await learn(queue, {
      context: this.context, settings, device, prompts, computedBy, folder, output, signal: this.signal,
      onStep: (step, of) => json || progress.update(() => says.learning(votes, step, of)),
    }).finally(() => progress.pause());
    await saveVoteQueue(folder, queue);
    const { learned } = queue.guessedRight();
    if (json) return this.context.json({ event: 'learned', ...found, learned, unseen });
    terminal.print(
      factTable(
        [
          [says.facts.learned, says.learned(votes, found.steps, found.seconds)],
          ...(found.kl === null ? [] : [[says.facts.distance, says.distance(found.kl, found.isStopped)] as const]),
          ...(found.backendBefore === null ? [] : [[says.facts.note, says.otherBackend(found.backendBefore)] as const]),
          [says.facts.guesses, says.guesses(learned.right, learned.of, unseen)],
          [says.facts.saved, this.parts.shownFolder],
        ],
        terminal,
      ),
    );
    terminal.print();
    if (!queue.next(voter)) return;
    this.#note(says.unsureFirst);
    terminal.print();
  }

  async #votedOnAll(): Promise<void> {
    const { queue, says, json } = this.parts;
    if (!json) {
      this.context.terminal.paragraph(says.allVoted(queue.pairs.length), { indent: 1 });
      this.context.terminal.print();
    }
    if (this.#newVotes() > 0 && queue.decided().length > 0) await this.#learn();
    else if (!queue.guesses && !json) {
      this.#note(says.tooFew);
      this.context.terminal.print();
    }
  }

  /** @param isOpen whether there are pairs left to vote on */
  #finish(isOpen: boolean): void {
    const { queue, says, json, shownFolder, folder, settings, prompts } = this.parts;
    const { votes } = queue;
    const agreement = agreementOf(votes);
    const decided = queue.decided().length;
    if (json) return this.context.json({ event: 'done', votes: votes.length, decided, agreement, out: folder });
    const { terminal, io } = this.context;
    const { share } = agreement;
    if (isOpen && this.isInteractive) terminal.print(); // below the keys
    terminal.print(
      factTable(
        [
          [says.facts.votes, says.votes(votes.length, decided)],
          ...(share === null ? [] : [[says.facts.agreement, says.agreement({ ...agreement, share })] as const]),
          [says.facts.saved, shownFolder],
        ],
        terminal,
      ),
    );
    const next = (about: string, command: string): void => {
      terminal.print();
      terminal.print(` ${about}`);
      terminal.command(command);
    };
    if (isOpen) next(says.goOn, this.#goOn);
    if (queue.guesses && settings.method === 'dpo') next(prompts.template ? says.talk : says.write, `${io.command} ${prompts.template ? 'chat' : 'generate'} ${quotePath(shownFolder)}`);
  }

  get #goOn(): string {
    const { shownFolder, voter, learnAfter, settings } = this.parts;
    const options = [...(voter === VOTER ? [] : [` --voter ${quotePath(voter)}`]), ...(learnAfter === settings.votes ? [] : [` --votes ${learnAfter}`])];
    return `${this.context.io.command} ${voteKind.verb} --resume ${quotePath(shownFolder)}${options.join('')}`;
  }

  /** The message after Ctrl-C. */
  #stopped(reason: unknown): Interrupted {
    const { queue, shownFolder } = this.parts;
    const exitCode = reason instanceof Interrupted && reason.exitCode !== exitCodes.success ? reason.exitCode : exitCodes.interrupted;
    const { length } = queue.votes;
    return new Interrupted(`Stopped; ${length === 1 ? 'one vote is' : `${length} votes are`} saved in ${shownFolder}.`, exitCode, { about: 'Go on with it:', command: this.#goOn });
  }

  #note(text: string): void {
    const { terminal } = this.context;
    terminal.paragraph(text, { style: terminal.colors.dim, indent: 1 });
  }
}

const onOneLine = (text: string): string => printable(text).replace(/\s+/g, ' ').trim();

function lastPart(text: string): string {
  const line = onOneLine(text);
  return line.length <= LONGEST ? line : `… ${line.slice(-LONGEST)}`;
}

function firstPart(text: string): string {
  const line = onOneLine(text);
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)} …`;
}
