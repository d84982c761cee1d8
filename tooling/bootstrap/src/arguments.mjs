// Splits the arguments after `npm test --` or `npm run demo --` into our own option and those for the final command.

/**
 * `--verbose` is our own; after a further `--` everything is passed on, even `--verbose`.
 * @param {readonly string[]} args
 * @returns {{ verbose: boolean, passed: string[] }}
 */
export function splitArguments(args) {
  const end = args.indexOf('--');
  const ours = end === -1 ? args : args.slice(0, end);
  const rest = end === -1 ? [] : args.slice(end + 1);
  return { verbose: ours.includes('--verbose'), passed: [...ours.filter((arg) => arg !== '--verbose'), ...rest] };
}
