// What every verb gets: the streams as terminals, and the one way to write JSON.
import { type IO } from './io.js';
import { Terminal } from './terminal/terminal.js';

export class Context {
  /** What the command says. */
  readonly terminal: Terminal;
  /** Progress and remarks that are not part of the result. */
  readonly errors: Terminal;

  constructor(readonly io: IO) {
    this.terminal = new Terminal(io.stdout, io.env);
    this.errors = new Terminal(io.stderr, io.env);
  }

  /** One object on one line of stdout. What is not finite becomes null. */
  json(object: object): void {
    this.io.stdout.write(JSON.stringify(object) + '\n');
  }

  /** @throws the reason, if somebody wants the command to stop */
  throwIfInterrupted(): void {
    this.io.interrupt.throwIfAborted();
  }

  /** Lets a pending Ctrl-C arrive between two pieces of work that wait for nothing; then as `throwIfInterrupted`. */
  async breathe(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.throwIfInterrupted();
  }
}
