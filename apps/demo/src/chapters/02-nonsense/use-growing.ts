// Lets a text that is already computed appear piece by piece: it can be paused, advanced by one piece, sped up, and begun again.
import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';

/** Pieces in a second. */
export const speeds = { slow: 3, brisk: 25, instant: Infinity } as const;
export type Speed = keyof typeof speeds;

export interface Growing {
  /** How many pieces are seen. */
  shown: Ref<number>;
  isGrowing: Ref<boolean>;
  play(): void;
  pause(): void;
  step(): void;
  again(): void;
}

/** @param length  how many pieces there are now; a text that was seen whole stays whole when it becomes longer */
export function useGrowing(length: () => number, speed: () => Speed): Growing {
  const shown = ref(0);
  const isGrowing = ref(false);
  let timer: ReturnType<typeof setInterval> | undefined;

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }
  function tick(): void {
    const perSecond = speeds[speed()];
    stop();
    if (!isGrowing.value) return;
    if (perSecond === Infinity) {
      shown.value = length();
      isGrowing.value = length() === 0; // what is still being computed is shown when it comes
      return;
    }
    // At most 20 pictures a second, with several pieces each if need be.
    const atOnce = Math.ceil(perSecond / 20);
    timer = setInterval(() => {
      if (length() === 0) return;
      shown.value = Math.min(length(), shown.value + atOnce);
      if (shown.value === length()) {
        isGrowing.value = false;
        stop();
      }
    }, (1000 * atOnce) / perSecond);
  }

  watch([isGrowing, speed, () => length() === 0], tick);
  onBeforeUnmount(stop);
  onMounted(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches || matchMedia('print').matches) watch(length, (now) => isGrowing.value && ((shown.value = now), (isGrowing.value = false)));
  });

  return {
    shown,
    isGrowing,
    play() {
      if (shown.value >= length()) shown.value = 0;
      isGrowing.value = true;
    },
    pause() {
      isGrowing.value = false;
    },
    step() {
      isGrowing.value = false;
      shown.value = Math.min(length(), shown.value + 1);
    },
    again() {
      shown.value = 0;
      isGrowing.value = true;
    },
  };
}
