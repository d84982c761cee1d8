// Keeps the last lines of a text stream. A line that overwrites itself (carriage returns) counts once, in its last state.

/** The number of lines that are shown of a failed command. */
export const TAIL_LINES = 40;

export class Tail {
  /** @type {string[]} */
  #lines = [];
  #rest = '';
  #limit;

  /** @param {number} [limit]  the number of lines to keep, at least 1 */
  constructor(limit = TAIL_LINES) {
    this.#limit = limit;
  }

  /** @param {string} text  the next piece of output, which may end anywhere */
  add(text) {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    this.#lines.push(...parts.slice(-this.#limit).map(lastState));
    this.#lines = this.#lines.slice(-this.#limit);
  }

  /** @returns {string[]} at most `limit` lines, the oldest first, without empty lines at the end */
  lines() {
    const all = this.#rest === '' ? [...this.#lines] : [...this.#lines, lastState(this.#rest)];
    while (all.length > 0 && all[all.length - 1].trim() === '') all.pop();
    return all.slice(-this.#limit);
  }
}

/** @param {string} line */
function lastState(line) {
  return line.replace(/\r+$/, '').split('\r').pop() ?? '';
}
