// Keeps what was tapped where it is in the window while what stands above it becomes higher or lower, at once or a moment later.
import { nextTick } from 'vue';

/** Results of the change come within this time, in milliseconds. */
const DURATION = 1000;
/** Whoever scrolls, types or taps again decides alone where the page is. */
const ENDS = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

let endLast = (): void => {};

/**
 * Call it before the change is drawn.
 * @param shown  what has come with the change and shall be in the window
 */
export function keepInPlace(element: HTMLElement, shown: () => Element | null | undefined = () => null): void {
  endLast();
  const measure = (): number => element.getBoundingClientRect().top;
  let top = measure();
  const hold = (): void => scrollBy({ top: measure() - top, behavior: 'instant' });
  const observer = new ResizeObserver(hold);
  const end = (): void => {
    observer.disconnect();
    clearTimeout(timer);
    for (const name of ENDS) removeEventListener(name, end);
  };
  const timer = setTimeout(end, DURATION);
  endLast = end;
  for (const name of ENDS) addEventListener(name, end, { passive: true });
  void nextTick(() => {
    hold();
    shown()?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    top = measure();
    for (let above = element.previousElementSibling; above; above = above.previousElementSibling) observer.observe(above);
  });
}
