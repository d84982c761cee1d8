// Brings what a tap has changed into the window, by the shortest way and only if it is not there; smoothly or at once, as style.css says.
import { nextTick } from 'vue';

/** Call it after the change; it waits until it is drawn. Not for what changes by itself: a page must not scroll away from its reader. */
export async function showAnswer(element: () => Element | null | undefined): Promise<void> {
  await nextTick();
  element()?.scrollIntoView({ block: 'nearest' });
}
