// Checks a whole number, for all tables of positions.

/** @throws RangeError naming what was asked for */
export function checkWhole(where: string, name: string, value: number, least: number, isEven = false): void {
  if (Number.isSafeInteger(value) && value >= least && !(isEven && value % 2 !== 0)) return;
  throw new RangeError(`${where}: ${name} is ${String(value)}; expected ${isEven ? 'an even' : 'a whole'} number of ${least} or more.`);
}
