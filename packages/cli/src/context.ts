// The context that every verb gets: the streams as terminals, standard input as text, and one function that writes JSON.
import { decodeUtf8, readInput } from './files/input.js';
import { type IO } from './io.js';
import { Terminal } from './terminal/terminal.js';

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
