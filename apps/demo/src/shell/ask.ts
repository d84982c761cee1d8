// A question that is asked before something is lost: the one dialog of the page shows it (AskFirst.vue).
import { shallowRef, type ShallowRef } from 'vue';

export interface Question {
  text: string;
  /** What the two buttons say: to do it, and to leave all as it is. */
  yes: string;
  no: string;
}

/** The question that is shown, and what takes its answer. */
export const asked: ShallowRef<(Question & { answer(isYes: boolean): void }) | null> = shallowRef(null);

/** Resolves with whether the visitor wants it. A question that was still open is answered with no. */
export function ask(question: Question): Promise<boolean> {
  asked.value?.answer(false);
  return new Promise((resolve) => {
    const mine = {
      ...question,
      answer(isYes: boolean): void {
        if (asked.value === mine) asked.value = null;
        resolve(isYes);
      },
    };
    asked.value = mine;
  });
}
