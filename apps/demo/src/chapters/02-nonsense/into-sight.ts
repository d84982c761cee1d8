// What a tap opens below a text is seen together with the text: where one of them is outside of the window, the text is brought to its top.
import { nextTick, onBeforeUnmount, onMounted, type Ref } from 'vue';

/** So many pixels below the edge do not matter. */
const SLACK = 8;

/**
 * @param below  always there, empty as long as nothing is opened
 * @returns to be called with the tap; what opens may come later
 */
export function useIntoSight(text: Ref<HTMLElement | null>, below: Ref<HTMLElement | null>): () => void {
  let isAsked = false;
  let observer: ResizeObserver | undefined;

  function look(): void {
    if (!isAsked || !text.value || !below.value || below.value.offsetHeight === 0) return;
    isAsked = false;
    // On a phone the figure's controls stick to the window's lower edge.
    const controls = below.value.closest('figure')?.querySelector('.controls')?.getBoundingClientRect().top ?? Infinity;
    const end = below.value.getBoundingClientRect().bottom;
    if (end > Math.min(innerHeight, controls) + SLACK || text.value.getBoundingClientRect().top < -SLACK) text.value.scrollIntoView({ block: 'start' });
  }

  onMounted(() => {
    observer = new ResizeObserver(look);
    if (below.value) observer.observe(below.value);
  });
  onBeforeUnmount(() => observer?.disconnect());
  return () => {
    isAsked = true;
    void nextTick(look); // what is open already may have kept its height
  };
}
