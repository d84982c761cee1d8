// A page that the build wrote is seen before its script runs. The script in index.html notes the last click on a figure that does not
// answer yet; the figure repeats it as soon as it does.
declare global {
  interface Window {
    earlyClick?: HTMLElement | undefined;
  }
}

/** @param figure  answers from now on */
export function repeatEarlyClick(figure: HTMLElement): void {
  const { earlyClick } = window;
  if (!earlyClick || !figure.contains(earlyClick)) return;
  window.earlyClick = undefined;
  earlyClick.click();
}
