// Finds a BLAS on this machine: the npm package koffi, which calls libraries, and a library. Node alone; browsers have neither.
import { bindBlas, type BlasPlace, type BoundBlas } from './bind.js';
import { whatIsWrong, type NodeFiles } from './check-file.js';
import { checkLengths, checkProduct } from './check.js';
import { factsOf } from './facts.js';
import { howToInstall } from './install.js';
import { findKoffi, type NodeModules } from './koffi.js';
import { reasonOf } from './reason.js';
import { whereIs, type FilesOfSystem } from './where.js';
import type { BlasFacts } from '../../backend.js';

/** `off`: none. `auto`: the first that is found, if any. Else the path of a library, or a name that the system finds. */
export type BlasChoice = 'auto' | 'off' | (string & {});

export interface FoundBlas extends BoundBlas {
  readonly place: BlasPlace;
  readonly facts: BlasFacts;
}

/** Where libraries with `cblas_sgemm` and 32-bit lengths are found, the fastest first. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  darwin: ['/System/Library/Frameworks/Accelerate.framework/Accelerate'],
  linux: ['libmkl_rt.so.2', 'libopenblas.so.0', 'libopenblas.so', 'libblis.so.4'],
  win32: ['mkl_rt.2.dll', 'libopenblas.dll', 'openblas.dll'],
};

/** The parts of Node's `process` that are used here; in a browser there is no such object, or another one. */
interface NodeProcess {
  readonly platform: string;
  readonly argv: readonly string[];
  readonly env: Record<string, string | undefined>;
  cwd(): string;
  getBuiltinModule?: ((name: 'node:module') => NodeModules) & ((name: 'node:fs') => NodeFiles & FilesOfSystem);
}

/**
 * @throws Error when a library was asked for by name and cannot be used
 * @returns what was found, or in words what is missing
 */
export function findBlas(choice: Exclude<BlasChoice, 'off'>): FoundBlas | string {
  const asked = choice === 'auto' ? undefined : choice;
  const missing = (what: string): string => {
    if (asked !== undefined) throw new Error(`wasm: the BLAS ${JSON.stringify(asked)} cannot be used: ${what}.`);
    return what;
  };
  const { process } = globalThis as { process?: NodeProcess };
  const modules = process?.getBuiltinModule?.('node:module');
  if (!process || !modules) return missing('libraries can be called in Node alone, 20.16 and later');
  // Where this package, the program, or its folder finds it.
  const koffi = findKoffi(modules, [import.meta.url, process.argv[1], `${process.cwd()}/index.js`].filter((place) => place !== undefined && place !== ''));
  if (typeof koffi === 'string') return missing(koffi);
  const names = asked === undefined ? (LIBRARIES[process.platform] ?? []) : [asked];
  const files = process.getBuiltinModule!('node:fs');
  const problems: string[] = [];
  // Its threads would be others than ours; some libraries read this when they are loaded.
  process.env.VECLIB_MAXIMUM_THREADS ??= '1';
  for (const library of names) {
    try {
      const file = whereIs(files, process, library);
      const wrong = file === undefined ? undefined : whatIsWrong(files, file);
      if (wrong !== undefined) throw new Error(file === library ? wrong : `${file}: ${wrong}`);
      const loaded = koffi.api.load(library);
      checkLengths(loaded);
      const bound = bindBlas(koffi.api, library);
      checkProduct(bound);
      return { ...bound, place: { koffi: koffi.file, library }, facts: factsOf(koffi.api, loaded, library, process.platform) };
    } catch (thrown) {
      const problem = reasonOf(thrown);
      if (asked !== undefined) return missing(problem);
      if (!isAbsent(problem)) problems.push(`${library}: ${problem}`);
    }
  }
  if (problems.length > 0) return missing(`a BLAS library is here and cannot be used (${problems.join('; ')})`);
  return missing(`no BLAS library is installed (looked for ${names.join(', ')}); ${howToInstall(process.platform, () => files.readFileSync('/etc/os-release', 'utf8'))}`);
}

/** Whether the system found no such library, which is no problem of the library. */
const isAbsent = (problem: string): boolean => /cannot open shared object|no such file|could not be found|The specified module/i.test(problem);
