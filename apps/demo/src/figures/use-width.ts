// The width of a box of a figure, by which names and lines are laid out.
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/**
 * The width of what is inside of the box, in pixels; it follows the window.
 * @param before  the width until the figure is mounted, as in the pages that the build wrote
 */
export function useWidth(box: Readonly<Ref<HTMLElement | null>>, before: number): Readonly<Ref<number>> {
  const width = ref(before);
  let observer: ResizeObserver | undefined;
  onMounted(() => {
    const element = box.value!;
    // An observer is told when the page is drawn, which a browser may put off; what the reader then sees first would be laid out anew.
    const { paddingLeft, paddingRight } = getComputedStyle(element);
    width.value = element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    observer = new ResizeObserver(([entry]) => (width.value = entry!.contentRect.width));
    observer.observe(element);
  });
  onBeforeUnmount(() => observer?.disconnect());
  return width;
}
