// Finds the npm package koffi, and tells one that is missing from one that is there and does not work.
import type { Koffi } from './bind.js';
import { reasonOf } from './reason.js';

/** The parts of Node's `module` that are used here. */
export interface NodeModules {
  createRequire(path: string): ((name: string) => unknown) & { resolve(name: string): string };
}

/** The version that this package's tests run with; as in the peers of its package.json. */
const VERSION = '3.3.4';

/**
 * @param places files from which it is looked for, the first one first
 * @returns the first that works, or in words what is wrong
 */
export function findKoffi(modules: NodeModules, places: readonly string[]): { api: Koffi; file: string } | string {
  let problem: string | undefined;
  for (const place of places) {
    const at = resolveFrom(modules, place);
    if (at === undefined) continue;
    if (typeof at === 'string') {
      problem ??= notLoaded(at);
      continue;
    }
    try {
      const api = at.require(at.file);
      const lacking = lackingIn(api);
      if (lacking.length === 0) return { api: api as Koffi, file: at.file };
      problem ??= `the package koffi at ${at.file} cannot be used: ${versionOf(api)} has no function ${lacking.join(', ')}; expected version ${VERSION} or a later one of ${VERSION.split('.')[0]} (npm install koffi@^${VERSION})`;
    } catch (thrown) {
      problem ??= notLoaded(reasonOf(thrown));
    }
  }
  return problem ?? 'the package koffi is not installed (npm install koffi)';
}

const notLoaded = (why: string): string => `the package koffi is installed and cannot be loaded (${why}); install it again (npm install koffi)`;

/** The package's file; undefined where there is no such package, and in words what is wrong where it lacks that file. */
function resolveFrom(modules: NodeModules, place: string): { file: string; require: (name: string) => unknown } | string | undefined {
  try {
    const require = modules.createRequire(place);
    return { file: require.resolve('koffi'), require };
  } catch (thrown) {
    const why = reasonOf(thrown);
    const { code } = Object(thrown) as { code?: unknown };
    // A place that is no path, such as an argument of a program that was given as text, has no packages either.
    return code === 'ERR_INVALID_ARG_VALUE' || why.startsWith("Cannot find module 'koffi'") ? undefined : why;
  }
}

/** The names of the functions that it should have and has not. */
function lackingIn(api: unknown): string[] {
  const { load, address, decode } = Object(api) as Partial<Record<keyof Koffi, unknown>>;
  const functions = { load, address, 'decode.string': (Object(decode) as Partial<Koffi['decode']>).string };
  return Object.entries(functions).flatMap(([name, value]) => (typeof value === 'function' ? [] : [name]));
}

function versionOf(api: unknown): string {
  const { version } = Object(api) as { version?: unknown };
  return typeof version === 'string' ? `version ${version}` : 'it';
}
