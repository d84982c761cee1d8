// A conversation with a model in a terminal or a pipe: reads a line, carries out a command or lets the model answer, and goes on.
import { Decoder, type Transformer } from '@kk/gpt';
import { freshSeed, type SamplingOptions } from '@kk/sampler';
import type { Tokenizer } from '@kk/tokenizer';
import type { Context } from '../context.js';
import { exitCodes, Interrupted } from '../errors.js';
import type { NumberFormats } from '../terminal/numbers.js';
import { answer, type Answer } from './answer.js';
import { commandNames, runCommand } from './commands.js';
import { Conversation, MessageTooLong } from './conversation.js';
import { PipedLines, TerminalLines, type LineInput } from './line-input.js';
import type { ChatMessages } from './messages.js';
import { showBars } from './show-bars.js';
import { encodeForAnswer, type ChatTemplate, type EndOfTurn } from './template.js';

/** An adapter that can be switched while the conversation goes on. */
export interface SwitchedAdapter {
  readonly name: string;
  readonly isActive: boolean;
  enable(): void;
  disable(): void;
}

export interface ChatParts {
  readonly model: Transformer;
  readonly tokenizer: Tokenizer;
  readonly adapters: readonly SwitchedAdapter[];
  readonly template: ChatTemplate;
  readonly endOfTurn: EndOfTurn;
  /** See `leadOf`. */
  readonly lead: string;
  /** Tokens that end an answer, besides that of the template. */
  readonly stopTokens: readonly number[];
}

/** What commands change. */
export interface ChatSettings {
  sampling: SamplingOptions;
  maxTokens: number;
  /** Undefined: a new one for each answer. */
  seed: number | undefined;
  /** Whether bars stand after each answer. */
  bars: boolean;
}

export interface SessionOptions {
  readonly says: ChatMessages;
  readonly numbers: NumberFormats;
  readonly system: string;
  readonly json: boolean;
}

/** The part of the context that is kept free for an answer. */
const KEPT_FREE = 1 / 4;

export class ChatSession {
  readonly conversation: Conversation;
  /** The last answer, for `/bars`. */
  last: Answer | undefined;
  readonly #input: LineInput;
  #decoder: Decoder;
  #leftOut = 0;
  #lastSeed = 0;
  #isLeaving = false;

  constructor(
    readonly context: Context,
    readonly parts: ChatParts,
    readonly settings: ChatSettings,
    readonly options: SessionOptions,
  ) {
    this.conversation = new Conversation(options.system);
    this.#decoder = new Decoder(parts.model);
    this.#input = this.isInteractive ? new TerminalLines(context.io, (beginning) => commandNames().filter((name) => name.startsWith(beginning))) : new PipedLines(context.io);
  }

  /** Whether somebody types, and sees what is written. */
  get isInteractive(): boolean {
    return this.context.io.stdin.isTTY === true && this.context.terminal.interactive;
  }

  /**
   * Runs until the input ends, or `/exit`.
   * @throws {Interrupted} when it is stopped
   */
  async run(): Promise<void> {
    try {
      for (let line = await this.#nextLine(); line !== undefined; line = await this.#nextLine()) {
        if (line.trim() === '') continue;
        if (line.startsWith('/')) {
          if ((await runCommand(this, line)) === 'exit') return;
        } else await this.say(line.trim());
      }
      if (this.isInteractive) this.context.terminal.write('\n');
    } finally {
      this.#input.close();
      this.#decoder.dispose();
    }
  }

  /** Lets the model answer a message, and adds both to the conversation. */
  async say(said: string): Promise<void> {
    await this.#exchange(said, this.settings.seed ?? freshSeed());
  }

  /**
   * Replaces the last answer by another one, with the seed after its own.
   * @returns false where there is none
   */
  async again(): Promise<boolean> {
    const last = this.conversation.undo();
    if (!last) return false;
    await this.#exchange(last.said, this.#lastSeed + 1);
    return true;
  }

  /** Forgets what the model has computed: its weights are others now. */
  weightsChanged(): void {
    this.#decoder.dispose();
    this.#decoder = new Decoder(this.parts.model);
  }

  /** A line that belongs to no answer. */
  note(text: string): void {
    if (this.options.json) return;
    const { errors, terminal } = this.context;
    if (this.isInteractive) terminal.paragraph(text, { style: terminal.colors.dim, indent: 1 });
    else errors.paragraph(text);
  }

  async #exchange(said: string, seed: number): Promise<void> {
    const { parts, settings, options, conversation, context } = this;
    const { says, numbers, json } = options;
    const { model, tokenizer, template } = parts;
    const { contextLength } = model.config;
    const room = Math.max(1, contextLength - Math.max(1, Math.min(settings.maxTokens, Math.floor(contextLength * KEPT_FREE))));
    const fitting = await conversation.fit(said, (messages) => encodeForAnswer(tokenizer, template, messages), room).catch((error: unknown) => {
      if (error instanceof MessageTooLong) return error;
      throw error;
    });
    if (fitting instanceof MessageTooLong) {
      const text = says.tooLong(numbers.integer(fitting.tokens), numbers.integer(fitting.room));
      if (json) context.json({ event: 'refused', said, reason: text });
      return this.note(text);
    }
    if (fitting.leftOut > this.#leftOut) this.note(says.leftOut(fitting.leftOut));
    this.#leftOut = fitting.leftOut;
    this.#lastSeed = seed;
    const stop = this.#stopOnInterrupt();
    const { terminal } = context;
    const shown = terminal.foreignText();
    if (this.isInteractive) shown.write(`${this.#label(says.model)} `, terminal.colors.green);
    let result: Answer;
    try {
      result = await answer(this.#decoder, tokenizer, fitting.ids, {
        maxTokens: settings.maxTokens,
        sampling: settings.sampling,
        seed,
        stopTokens: parts.stopTokens,
        endOfTurn: parts.endOfTurn,
        lead: parts.lead,
        contextLength,
        signal: stop,
        onText: (text) => {
          if (!json) shown.write(text);
        },
      });
    } finally {
      if (!json) terminal.write('\n');
      this.#input.onInterrupt(() => undefined);
    }
    context.throwIfInterrupted();
    const isFirst = conversation.exchanges.length === fitting.leftOut;
    conversation.add(said, result.text); // with its own blanks, as the model wrote it
    this.last = result;
    if (json) context.json({ event: 'answer', said, answer: result.text, tokens: result.places.length, end: result.end, seed, leftOut: fitting.leftOut });
    if (result.end === 'stopped') this.note(says.stopped);
    if (result.end === 'longest') this.note(says.longest(numbers.integer(settings.maxTokens)));
    if (result.end === 'full') this.note(isFirst ? says.fullAtOnce : says.full);
    if (settings.bars) showBars(this, undefined);
    if (this.isInteractive) terminal.write('\n');
  }

  /** A line, or several that end with a backslash. */
  async #nextLine(): Promise<string | undefined> {
    const { says } = this.options;
    const { colors } = this.context.terminal;
    const lines: string[] = [];
    for (;;) {
      this.#input.onInterrupt(() => this.#interruptedWhileTyping());
      const line = await this.#input.next(lines.length === 0 ? `${colors.cyan(this.#label(says.you))} ` : `${' '.repeat(this.#label(says.you).length)} `);
      if (this.#isLeaving && line === undefined) throw new Interrupted('', exitCodes.interrupted);
      this.#isLeaving = false;
      if (line === undefined) return lines.length === 0 ? undefined : lines.join('\n');
      if (!line.endsWith('\\')) return [...lines, line].join('\n');
      lines.push(line.slice(0, -1));
    }
  }

  /** The first Ctrl-C empties the line or warns, the second leaves. */
  #interruptedWhileTyping(): void {
    const input = this.#input as TerminalLines;
    if (input.clearLine()) return;
    if (this.#isLeaving) {
      this.context.terminal.write('\n'); // the shell's prompt begins on a line of its own
      return input.close();
    }
    this.#isLeaving = true;
    this.context.terminal.write(`\n ${this.context.terminal.colors.dim(this.options.says.leaving)}\n`);
    input.showAgain();
  }

  /** A signal that Ctrl-C aborts, once; and that a signal to the process aborts. */
  #stopOnInterrupt(): AbortSignal {
    const controller = new AbortController();
    this.#input.onInterrupt(() => controller.abort());
    return AbortSignal.any([controller.signal, this.context.io.interrupt]);
  }

  /** `You   ›`: both names are equally wide. */
  #label(name: string): string {
    const { you, model } = this.options.says;
    return `${name.padEnd(Math.max(you.length, model.length))} ›`;
  }
}
