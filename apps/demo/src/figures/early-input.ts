// A page that the build wrote is seen before its script runs. The script in index.html notes what a visitor does with controls that do not
// answer yet: clicks, and what is typed or set. Each part of the page repeats it, in order, as soon as it answers.

declare global {
  interface Window {
    early?: { control: HTMLElement & { value?: string }; type: 'click' | 'input' | 'change'; value: string | undefined }[];
  }
}

/** Whether something was done that has not been repeated yet. */
export const hasEarlyInput = (): boolean => (window.early ?? []).length > 0;

/** @param answers  which controls answer from now on */
export function repeatEarlyInput(answers: (control: HTMLElement) => boolean): void {
  const early = window.early ?? [];
  window.early = early.filter(({ control }) => control.isConnected && !answers(control));
  for (const { control, type, value } of early) {
    if (!control.isConnected || !answers(control)) continue;
    if (type === 'click') control.click();
    else {
      control.value = value!;
      control.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }
}

/** To be called when all of the page but its figures answers. */
export function answerOutsideOfFigures(): void {
  document.documentElement.dataset.answers = '';
  repeatEarlyInput((control) => !control.closest('figure[data-state="static"]'));
}
