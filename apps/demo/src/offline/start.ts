// Registers the service worker, which makes the course run offline and, from the second page load on, on several threads.
// A page that is not isolated yet is loaded again once, before the visitor has touched anything; otherwise it says so.
import { ref } from 'vue';
import { hasEarlyInput } from '../figures/early-input.js';
import { root } from '../shell/root.js';

/** Whether loading the page again would give more threads. */
export const reloadGivesThreads = ref(false);

const MARK = 'reloaded-for-isolation';

export async function startOffline(): Promise<void> {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  let touched = hasEarlyInput();
  for (const type of ['pointerdown', 'keydown', 'scroll'] as const) addEventListener(type, () => (touched = true), { once: true, passive: true });
  try {
    await navigator.serviceWorker.register(new URL(`${root}service-worker.js`, location.href), { scope: root });
    await navigator.serviceWorker.ready;
    if (crossOriginIsolated) return;
    if (!navigator.serviceWorker.controller) await new Promise<void>((resolve) => navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true }));
    if (!touched && !sessionStorage.getItem(MARK)) {
      sessionStorage.setItem(MARK, '1'); // once: where isolation is impossible, a second time would not help
      location.reload();
    } else reloadGivesThreads.value = !sessionStorage.getItem(MARK);
  } catch {
    // No service worker, as in some private windows: one thread, and only with a network.
  }
}
