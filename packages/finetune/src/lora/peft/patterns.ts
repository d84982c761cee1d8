// PEFT's patterns over names of layers, as its files hold them.

/**
 * A pattern of a file that nobody has checked is run on names of at most a hundred letters. Without repeated groups, and with few
 * repetitions, it ends soon whatever it says.
 */
const MOST_REPETITIONS = 3;
const MOST_LETTERS = 300;

/**
 * The value of the first pattern that matches a name, as in PEFT: a regular expression that has to match the whole name, or all of it behind
 * a dot.
 * @throws RangeError when one of the patterns is no regular expression, or too costly to try
 */
export function valueForName(field: string, patterns: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.entries(patterns).find(([pattern]) => compile(field, pattern).test(name))?.[1];
}

function compile(field: string, pattern: string): RegExp {
  const plain = pattern.replace(/\\./g, '');
  const repetitions = plain.match(/[*+{]/g)?.length ?? 0;
  if (pattern.length > MOST_LETTERS || repetitions > MOST_REPETITIONS || /\)[*+{?]/.test(plain)) {
    throw new RangeError(`adapter_config.json: ${field} holds the pattern ${JSON.stringify(pattern.slice(0, 80))}; expected at most ${MOST_LETTERS} letters and ${MOST_REPETITIONS} repetitions, none of them of a group.`);
  }
  try {
    return new RegExp(`^(?:.*\\.)?(?:${pattern})$`);
  } catch (error) {
    throw new RangeError(`adapter_config.json: ${field} holds ${JSON.stringify(pattern)}, which is no regular expression: ${(error as Error).message}`, { cause: error });
  }
}

/** Whether PEFT's list of targets names a layer: by its whole name, or by the end of it behind a dot. */
export const isTarget = (targets: readonly string[], name: string): boolean => targets.some((target) => name === target || name.endsWith(`.${target}`));
