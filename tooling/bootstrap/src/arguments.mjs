// What was typed after `npm test --` or `npm run demo --`: our own option, and everything else for the command at the end.

/**
 * `--verbose` is ours; a further `--` ends our reading, so that even `--verbose` can be passed on.
 * @param {readonly string[]} args
 * @returns {{ verbose: boolean, passed: string[] }}
 */
export function splitArguments(args) {
  const end = args.indexOf('--');
  const ours = end === -1 ? args : args.slice(0, end);
  const rest = end === -1 ? [] : args.slice(end + 1);
  return { verbose: ours.includes('--verbose'), passed: [...ours.filter((arg) => arg !== '--verbose'), ...rest] };
}
