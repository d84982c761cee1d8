// Lets actions take effect in the order in which they were asked for, although some have to wait for a shader that is still being
// compiled. Once everything is compiled, an action runs at once, within the call that asks for it.
interface Waiting {
  isReady(): boolean;
  act(): void;
  /** Called instead of `act` when an earlier action failed. */
  fail(error: Error): void;
}

export class InOrder {
  readonly #waiting: Waiting[] = [];
  #failure: Error | null = null;

  /** What went wrong first. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Everything that waits is told, and nothing is accepted any more. */
  failWith(error: Error): void {
    this.#failure ??= error;
    for (const { fail } of this.#waiting.splice(0)) fail(this.#failure);
  }

  /** @throws Error when something failed before */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  add(isReady: () => boolean, act: () => void, fail: (error: Error) => void = () => {}): void {
    this.check();
    if (this.#waiting.length === 0 && isReady()) act();
    else this.#waiting.push({ isReady, act, fail });
  }

  /** Called when a shader was compiled. */
  proceed(): void {
    try {
      while (this.#waiting[0]?.isReady()) this.#waiting.shift()!.act();
    } catch (error) {
      this.failWith(error as Error);
    }
  }
}
