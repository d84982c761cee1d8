// Gives the text of a chapter, and then every figure in it, a task of its own, in the order of the page: one that takes over a whole
// chapter at once blocks it for longer than a finger notices. The build wraps each figure of a text in it (vite.config.ts), so texts need
// not know of it.
import { defineAsyncComponent, defineComponent, onBeforeUnmount, ref } from 'vue';

/** Resolves when all figures so far have had their turn. */
let turns: Promise<void> = Promise.resolve();
/** Whether what is made now stands in the page already, or is written by the build. */
let isThere = import.meta.env?.SSR === true;

const nextTask = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve));

/** Runs `take` in a task of its own, when those before it have had theirs. @returns what takes the turn back */
export function waitForTurn(take: () => void): () => void {
  let isGone = false;
  turns = turns.then(nextTask).then(() => {
    if (!isGone) take();
  }).catch((error: unknown) => reportError(error)); // the others have their turn
  return () => void (isGone = true);
}

/** Resolves when text and figures of the page are there: only then places on it stay where they are. */
export async function allThere(): Promise<void> {
  await nextTask();
  // A text that has its turn queues its figures.
  for (let last: Promise<void> | undefined; last !== turns; await last) last = turns;
}

const Slot = defineComponent({
  setup(_, { slots }) {
    // In a page that the build wrote the figure is there; in one that the visitor has gone on to, it is made in its turn.
    const isShown = ref(isThere);
    if (!isThere) onBeforeUnmount(waitForTurn(() => (isShown.value = true)));
    return () => (isShown.value ? slots.default?.() : null);
  },
});

export const InTurn = defineAsyncComponent({
  loader: () => Promise.resolve(Slot),
  hydrate: (hydrate) => waitForTurn(() => {
    isThere = true;
    try {
      hydrate();
    } finally {
      isThere = false;
    }
  }),
});
