// Checks of options that several measures share.

/** @throws RangeError unless the value is an integer from `least` to `most` */
export function checkInteger(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) throw new RangeError(`${name} is ${String(value)}: expected a whole number from ${least} to ${most}`);
}

/** @throws RangeError unless the value is one of the choices */
export function checkChoice<Choice extends string>(name: string, value: Choice, choices: readonly Choice[]): void {
  if (!choices.includes(value)) throw new RangeError(`${name} is ${JSON.stringify(value)}: expected ${choices.map((choice) => JSON.stringify(choice)).join(' or ')}`);
}
