// Runs something when a figure is about to be seen for the first time, so that a page does not compute and load what nobody looks at yet.
import { getCurrentScope, onBeforeUnmount, onMounted, type Ref } from 'vue';

/** For `latest`: soon enough for somebody who prints a page, and late enough not to be in the way of what is seen first, in milliseconds. */
export const LATEST = 6000;

/** How far below the window a figure may be and already counts as seen. */
const AHEAD = '300px';

interface Moment {
  /** After so many milliseconds it runs in any case, so that a page that is printed has it; by default never. */
  latest?: number;
  /** What runs after `latest` instead, if the figure was not seen by then; what was to run still waits until it is. */
  unseen?: () => void;
  /** How far below the window a figure may be and already counts as seen, as a margin of the window; a negative one is within it. */
  ahead?: string;
}

/**
 * @param element  the figure, as a template ref; a component's root element is taken
 */
export function onFirstSeen(element: Readonly<Ref<HTMLElement | { $el: unknown } | null>>, run: () => void, { latest, unseen, ahead = AHEAD }: Moment = {}): void {
  const scope = getCurrentScope(); // what `run` watches ends with the figure
  let observer: IntersectionObserver | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    observer?.disconnect();
    clearTimeout(timer);
  };
  onMounted(() => {
    const { value } = element;
    const target = value && '$el' in value ? value.$el : value;
    if (!(target instanceof HTMLElement)) return void scope?.run(run);
    observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        stop();
        scope?.run(run);
      },
      { rootMargin: ahead },
    );
    observer.observe(target);
    if (latest !== undefined) {
      timer = setTimeout(() => {
        if (!unseen) stop();
        scope?.run(unseen ?? run);
      }, latest);
    }
  });
  onBeforeUnmount(stop);
}
