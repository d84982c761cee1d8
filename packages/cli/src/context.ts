// The context that every verb gets: the streams as terminals, and one function that writes JSON.
import { type IO } from './io.js';
import { Terminal } from './terminal/terminal.js';

export class Context {
  /** The output of the command. */
  readonly terminal: Terminal;
  /** Progress and messages that are not part of the result. */
  readonly errors: Terminal;

  constructor(readonly io: IO) {
    this.terminal = new Terminal(io.stdout, io.env);
    this.errors = new Terminal(io.stderr, io.env);
  }

  /** Writes one object on one line of stdout. Numbers that are not finite become null. */
  json(object: object): void {
    this.io.stdout.write(JSON.stringify(object) + '\n');
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
