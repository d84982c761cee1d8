// Waits for files that may never come: opening a named pipe takes until somebody writes to it, and the system call cannot be cancelled. So
// it is left waiting when the command is stopped; process-io.ts ends the process all the same.

/**
 * The result of the promise.
 * @throws what the promise throws; the signal's reason when stopped
 */
export function orInterrupted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * The same items.
 * @throws the signal's reason when stopped, also while waiting for an item
 */
export async function* untilInterrupted<T>(signal: AbortSignal, items: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  try {
    for (;;) {
      const next = await orInterrupted(signal, items.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: it would wait for the item.
    items.return().catch(() => undefined);
  }
}
