// The context that every verb gets: the streams as terminals, standard input as text, and one function that writes JSON.
import { decodeUtf8, readInput } from './files/input.js';
import type { IO } from './io.js';
import { Terminal } from './terminal/terminal.js';

/** Elements of a list that are written in one step. */
const LIST_STEP = 2 ** 16;

export class Context {
  /** The output of the command. */
  readonly terminal: Terminal;
  /** Progress and messages that are not part of the result. */
  readonly errors: Terminal;
  #input: Promise<string> | undefined;

  constructor(readonly io: IO) {
    this.terminal = new Terminal(io.stdout, io.env);
    this.errors = new Terminal(io.stderr, io.env);
  }

  /** Writes one object on one line of stdout. Numbers that are not finite become null. */
  json(object: object): void {
    this.io.stdout.write(JSON.stringify(object) + '\n');
  }

  /** Like `json`, for an object whose lists may be long: Ctrl-C ends it while they are written. */
  async longJson(object: Readonly<Record<string, unknown>>): Promise<void> {
    let text = '{';
    for (const [key, value] of Object.entries(object)) {
      if (value === undefined) continue;
      text += `${text === '{' ? '' : ','}${JSON.stringify(key)}:`;
      if (!Array.isArray(value) || value.length <= LIST_STEP) {
        text += JSON.stringify(value);
        continue;
      }
      for (let at = 0; at < value.length; at += LIST_STEP) {
        this.io.stdout.write(`${text}${at === 0 ? '[' : ','}${JSON.stringify(value.slice(at, at + LIST_STEP)).slice(1, -1)}`);
        text = '';
        await this.breathe();
      }
      text = ']';
    }
    this.io.stdout.write(`${text}}\n`);
  }

  /**
   * The whole standard input. It is read once, so that several options may name it.
   * @throws {Failure} when it is not UTF-8
   */
  standardInput(): Promise<string> {
    return (this.#input ??= readInput(this.io.stdin, this.io.interrupt).then((bytes) => decodeUtf8(bytes, 'Standard input')));
  }

  /** @throws the reason, if the command was asked to stop */
  throwIfInterrupted(): void {
    this.io.interrupt.throwIfAborted();
  }

  /** Lets a pending Ctrl-C arrive during synchronous work; then the same as `throwIfInterrupted`. */
  async breathe(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.throwIfInterrupted();
  }
}
