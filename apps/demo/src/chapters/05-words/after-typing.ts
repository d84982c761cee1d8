// Computes again when the sentences have changed, but not for each letter that is typed: each would be a training.
import { onScopeDispose, watch, type ComputedRef } from 'vue';
import type { WordTexts } from '../../lab/word-texts.js';

/** Waits so long after the last change, in milliseconds. */
const DELAY = 700;

/** Call it when the figure begins to compute. */
export function afterTyping(texts: ComputedRef<WordTexts>, run: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(texts, (now, then) => {
    if (JSON.stringify(now) === JSON.stringify(then)) return;
    clearTimeout(timer);
    timer = setTimeout(run, DELAY);
  });
  onScopeDispose(() => clearTimeout(timer));
}
