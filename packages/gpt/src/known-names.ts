// Refuses misspelt options, which would otherwise be ignored without a word.

/**
 * @param owner what the options are for, as errors name it
 * @param known the names of all options that there are
 * @throws RangeError that names the first unknown option and all known ones
 */
export function checkNames(owner: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`${owner}: there is no option called ${unknown}; there are ${known.join(', ')}.`);
}
