// The settings of the figure in which attention forms, as they stand in the address.
import { DIGITS, steps, taskNames } from '../../lab/forms/tasks.js';
import { oneOf, whole, type Setting } from '../../storage/url-state.js';

const digits: Setting<string> = { initial: '38104752', read: (text) => (isRow(text) ? text : undefined), write: (text) => text };

/** Whether these are as many digits as the model reads. */
export const isRow = (text: string): boolean => text.length === DIGITS && /^\d+$/.test(text);

/** The newest moment of the training, whichever it is. */
export const NEWEST = -1;

export const formsSettings = {
  task: oneOf(taskNames, 'copy'),
  digits,
  /** The shown moment: after so many steps. */
  after: whole(NEWEST, steps.sort, NEWEST),
  /** The written digit whose row is told in words, from 1. */
  row: whole(1, DIGITS, 1),
  /** Whether the digits stand as they were read, or by their size. */
  columns: oneOf(['read', 'size'], 'read'),
  seed: whole(0, 2 ** 32 - 1, 1),
};
