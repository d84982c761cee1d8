// Tells the service worker of a file that was loaded before it was there, so that it is kept for offline use as well.

/** @param url  of a file of this site; the service worker keeps it if it is a large one that was not kept at installation */
export function keepOffline(url: string): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ keep: url }));
}
