// The network of this chapter as its figures use it: its settings, and a start that waits until the figure that trains it is ready.
import { computed, ref, watch, type ComputedRef, type WatchSource } from 'vue';
import type { NetworkInput } from '../../lab/signs/kept-network.js';
import { useSettings } from '../../storage/url-state.js';
import { networkSettings } from './settings.js';

/** Whether the figure that shows the training is at it. Its network is then kept for the others, which need not train it again. */
export const isTraining = ref(false);

export interface UsedNetwork {
  settings: ReturnType<typeof useSettings<typeof networkSettings>>;
  input: ComputedRef<NetworkInput>;
}

export function useNetwork(): UsedNetwork {
  const settings = useSettings(networkSettings);
  return { settings, input: computed(() => ({ rate: Number(settings.rate), examples: Number(settings.examples), seed: settings.seed })) };
}

/** Runs `start` when no training goes on, at once or after it, and again when what it depends on changes. @returns the first start */
export function whenTrained(changes: WatchSource[], start: () => void): () => void {
  let isWanted = false;
  const tryNow = (): void => {
    if (!isWanted || isTraining.value) return;
    isWanted = false;
    start();
  };
  const want = (): void => {
    isWanted = true;
    tryNow();
  };
  let hasBegun = false;
  watch(changes, () => hasBegun && want());
  watch(isTraining, tryNow);
  return () => {
    hasBegun = true;
    want();
  };
}
