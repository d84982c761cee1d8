// Counts the workers that are really alive, by the browser's own books and not by ours: every worker that is made after
// `watchWorkers` gets a lock of its own before it runs its program, and a lock lives exactly as long as the one who has it.

const PREFIX = 'worker of the engine ';

/** The browser's own. */
const { Worker } = globalThis;

/**
 * Runs as a worker in place of its program: waits for the lock, because a program that waits for memory to change hears of none,
 * and hands on the messages that came too early.
 */
const lockFirst = (program: string | URL): string => `
  const early = [];
  onmessage = (event) => early.push(event);
  navigator.locks.request('${PREFIX}' + crypto.randomUUID(), () => {
    importScripts('${String(program)}');
    for (const event of early) setTimeout(() => onmessage(event));
    return new Promise(() => {});
  });`;

/** Replaces `Worker`, where there is one. */
export function watchWorkers(): void {
  if (typeof Worker === 'undefined') return;
  globalThis.Worker = class extends Worker {
    constructor(program: string | URL) {
      super(URL.createObjectURL(new Blob([lockFirst(program)], { type: 'text/javascript' })));
    }
  };
}

/** From now on a worker that is made throws before it runs its program. */
export function breakWorkers(): void {
  globalThis.Worker = class extends Worker {
    constructor() {
      super(URL.createObjectURL(new Blob(["throw new Error('no program');"], { type: 'text/javascript' })));
    }
  };
}

/** How many live now, whoever of this origin made them. */
export async function countWorkers(): Promise<number> {
  const { held = [] } = await navigator.locks.query();
  return held.filter(({ name }) => name?.startsWith(PREFIX)).length;
}

/** @throws Error when there are still some after four minutes: a busy machine ends them late, and a test waits for five */
export async function withoutWorkers(): Promise<void> {
  for (let i = 0; i < 4_800; i++) {
    if ((await countWorkers()) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${await countWorkers()} workers are still alive`);
}
