// Buttons that change under the pointer: the second press of a double click or a double tap was meant for what stood there before.

/** A press so soon after another one, in milliseconds, is its second. */
const SECOND_PRESS = 500;

/** What is asked of a press: `detail` is 0 where a key pressed the button, as a key stays with its button; `timeStamp` is in milliseconds. */
export type Press = Pick<MouseEvent, 'detail' | 'timeStamp'>;

/**
 * Tells which presses of some buttons are meant for them: not those by a pointer that come within half a second after one that changed the
 * buttons. A button that stays what it was is pressed as fast as one likes.
 * @returns what is asked at each press, with whether it will change the buttons
 */
export function meantPresses<Button>(): (press: Press, button: Button, changes: boolean) => boolean {
  /** The last press of a pointer that changed the buttons, unless a key came after it. */
  let changed: { by: Button; at: number } | undefined;
  return ({ detail, timeStamp }, button, changes) => {
    const isByKey = detail === 0;
    if (!isByKey && changed && timeStamp - changed.at < SECOND_PRESS && (changes || button !== changed.by)) return false;
    if (isByKey) changed = undefined;
    else if (changes) changed = { by: button, at: timeStamp };
    return true;
  };
}
