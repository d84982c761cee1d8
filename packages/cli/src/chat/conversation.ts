// The messages of a conversation, and those of them that fit into the context of a model.
import type { ChatMessage } from '@kk/tokenizer';

/** What was said, and what was answered. */
export interface Exchange {
  readonly said: string;
  readonly answer: string;
}

/** The ids that a model reads before it answers. */
export interface FittingConversation {
  readonly ids: readonly number[];
  /** How many of the oldest exchanges were left out. */
  readonly leftOut: number;
}

/** Not even the last message fits into the context. */
export class MessageTooLong extends Error {
  override readonly name = 'MessageTooLong';
  constructor(
    /** Tokens of the last message, with the system prompt and the marks of the template. */
    readonly tokens: number,
    /** Tokens that there is room for. */
    readonly room: number,
  ) {
    super(`The message has ${tokens} tokens, but there is room for ${room}.`);
  }
}

export class Conversation {
  /** What the model is told before all messages; empty for nothing. */
  system: string;
  readonly #exchanges: Exchange[] = [];

  constructor(system = '') {
    this.system = system;
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges;
  }

  add(said: string, answer: string): void {
    this.#exchanges.push({ said, answer });
  }

  /** Takes the last exchange back. */
  undo(): Exchange | undefined {
    return this.#exchanges.pop();
  }

  /** Forgets all exchanges; the system prompt stays. */
  reset(): void {
    this.#exchanges.length = 0;
  }

  /**
   * All messages.
   * @param said a message without an answer yet
   * @param leftOut how many of the oldest exchanges are not among them
   */
  messages(said?: string, leftOut = 0): ChatMessage[] {
    return [
      ...(this.system === '' ? [] : [{ role: 'system', content: this.system }]),
      ...this.#exchanges.slice(leftOut).flatMap(({ said: earlier, answer }) => [{ role: 'user', content: earlier }, { role: 'assistant', content: answer }]),
      ...(said === undefined ? [] : [{ role: 'user', content: said }]),
    ];
  }

  /**
   * The ids of the conversation with a new message. If they do not fit, the oldest exchanges are left out, one by one; the system prompt
   * stays.
   * @param encode the ids of messages, up to where the answer begins
   * @param room the most ids
   * @throws MessageTooLong when the message does not fit even alone
   */
  async fit(said: string, encode: (messages: readonly ChatMessage[]) => Promise<readonly number[]>, room: number): Promise<FittingConversation> {
    for (let leftOut = 0; ; leftOut++) {
      const ids = await encode(this.messages(said, leftOut));
      if (ids.length <= room) return { ids, leftOut };
      if (leftOut === this.#exchanges.length) throw new MessageTooLong(ids.length, room);
    }
  }
}
