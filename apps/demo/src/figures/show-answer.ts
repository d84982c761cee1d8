// Brings what a tap has changed into the window, by the shortest way and only if it is not there; smoothly or at once, as style.css says.
import { nextTick, watch } from 'vue';

/** Call it after the change; it waits until it is drawn. Not for what changes by itself: a page must not scroll away from its reader. */
export async function showAnswer(element: () => Element | null | undefined): Promise<void> {
  await nextTick();
  element()?.scrollIntoView({ block: 'nearest' });
}

/**
 * For answers that are computed: the function that it returns is called by the tap, and when the next result is there, the element comes into view.
 * @param result  what changes with each computation
 */
export function useAnswer(result: () => unknown, element: () => Element | null | undefined): () => void {
  let isAwaited = false;
  watch(result, () => {
    if (isAwaited) void showAnswer(element);
    isAwaited = false;
  });
  return () => (isAwaited = true);
}
