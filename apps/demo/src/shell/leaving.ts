// Nobody leaves a page by mistake on which something is computed that they started themselves and that takes long: where the tab is closed or
// loaded again the browser asks, where another page of the course is opened the course does.
import type { Router } from 'vue-router';
import { interfaceWords } from '../languages/index.js';
import { ask, type Question } from './ask.js';

const going = new Set<{ isKept: boolean }>();

/**
 * Says that leaving would end something.
 * @param isKept  whether what was computed until then is found again by those who come back
 * @returns what takes it back
 */
export function holdPage(isKept = false): () => void {
  const mine = { isKept };
  going.add(mine);
  return () => void going.delete(mine);
}

/** @param asking  asks the visitor, and resolves with whether they go */
export function askBeforeLeaving(router: Router, page: Pick<Window, 'addEventListener'>, asking: (question: Question) => Promise<boolean> = ask): void {
  page.addEventListener('beforeunload', (event) => {
    if (going.size > 0) event.preventDefault();
  });
  router.beforeEach((to, from) => {
    if (to.path === from.path || going.size === 0) return true;
    const { lost, kept, yes, no } = interfaceWords[from.meta.language ?? 'en'].leaving;
    return asking({ text: [...going].every(({ isKept }) => isKept) ? kept : lost, yes, no });
  });
}
