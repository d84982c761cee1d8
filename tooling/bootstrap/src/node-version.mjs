// Checks that this Node is new enough. It runs before everything else, on any Node with modules, so it must not use recent syntax.
import { readFileSync } from 'fs';

/**
 * Compares two versions number by number; a missing part counts as 0, anything after `-` or `+` is ignored.
 * @param {string} left  such as `20.19` or `v20.19.0`
 * @param {string} right
 * @returns {number} below 0 if left is older, 0 if they are equal, above 0 if left is newer
 */
export function compareVersions(left, right) {
  const a = numbersOf(left);
  const b = numbersOf(right);
  for (let i = 0; i < 3; i += 1) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}

/** @param {string} version */
function numbersOf(version) {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/.exec(version);
  if (!match) throw new TypeError(`Expected a version such as 20.19.0, got ${JSON.stringify(version)}.`);
  return [Number(match[1]), Number(match[2] || 0), Number(match[3] || 0)];
}

/**
 * The lowest version that an `engines.node` range of the form `>=X.Y` allows: the only form this repository uses.
 * @param {string} range
 */
export function lowestVersion(range) {
  const match = /^>=\s*(\d+(?:\.\d+){0,2})$/.exec(range);
  if (!match) throw new TypeError(`Expected "engines.node" in the form ">=20.19", got ${JSON.stringify(range)}.`);
  return match[1];
}

/**
 * The message for a Node that is too old.
 * @param {string} actual  the running version
 * @param {string} lowest  the lowest supported version
 */
export function tooOldMessage(actual, lowest) {
  return (
    `This project needs Node ${lowest} or later; you are running Node ${actual.replace(/^v/, '')}.\n` +
    'Install a current release from https://nodejs.org (or with your version manager), then try again.'
  );
}

/** Ends the process with exit code 2 and one clear message if the running Node is older than the root package.json requires. */
export function requireSupportedNode() {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  const lowest = lowestVersion(manifest.engines.node);
  if (compareVersions(process.version, lowest) < 0) {
    console.error(tooOldMessage(process.version, lowest));
    process.exit(2);
  }
}
