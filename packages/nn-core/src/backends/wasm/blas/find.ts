// Finds a BLAS on this machine: the npm package koffi, which calls libraries, and a library. Node alone; browsers have neither.
import { bindBlas, SYSTEM_LIBRARIES, type BlasPlace, type BoundBlas, type Koffi } from './bind.js';
import { checkProduct } from './check.js';
import { cutShort, type NodeFiles } from './cut-short.js';
import { howToInstall } from './install.js';
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

interface NodeModules {
  createRequire(path: string): ((name: string) => unknown) & { resolve(name: string): string };
}

/** The parts of Node's `process` that are used here; in a browser there is no such object, or another one. */
interface NodeProcess {
  readonly platform: string;
  readonly argv: readonly string[];
  readonly env: Record<string, string | undefined>;
  cwd(): string;
  getBuiltinModule?: ((name: 'node:module') => NodeModules) & ((name: 'node:fs') => NodeFiles & { readFileSync(path: string, encoding: 'utf8'): string });
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
  const koffi = findKoffi(process, modules);
  if (typeof koffi === 'string') return missing(koffi);
  const names = asked === undefined ? (LIBRARIES[process.platform] ?? []) : [asked];
  const files = process.getBuiltinModule!('node:fs');
  const problems: string[] = [];
  // Its threads would be others than ours; some libraries read this when they are loaded.
  process.env.VECLIB_MAXIMUM_THREADS ??= '1';
  for (const library of names) {
    try {
      const cut = cutShort(files, library);
      if (cut !== undefined) throw new Error(cut);
      const bound = bindBlas(koffi.api, library);
      checkProduct(bound);
      return { ...bound, place: { koffi: koffi.file, library }, facts: factsOf(koffi.api, library, process.platform) };
    } catch (error) {
      const problem = (error as Error).message.replace(/\.$/, '');
      if (asked !== undefined) return missing(problem);
      if (!isAbsent(problem)) problems.push(`${library}: ${problem}`);
    }
  }
  if (problems.length > 0) return missing(`a BLAS library is here and cannot be used (${problems.join('; ')})`);
  return missing(`no BLAS library is installed (looked for ${names.join(', ')}); ${howToInstall(process.platform, () => files.readFileSync('/etc/os-release', 'utf8'))}`);
}

/** Whether the system found no such library, which is no problem of the library. */
const isAbsent = (problem: string): boolean => /cannot open shared object|no such file|could not be found|The specified module/i.test(problem);

/** Where this package, the program, or its folder finds it. */
function findKoffi(process: NodeProcess, modules: NodeModules): { api: Koffi; file: string } | string {
  let problem = '';
  for (const place of [import.meta.url, process.argv[1], `${process.cwd()}/index.js`]) {
    if (!place) continue;
    try {
      const require = modules.createRequire(place);
      const file = require.resolve('koffi');
      return { api: require(file) as Koffi, file };
    } catch (error) {
      problem = (error as { code?: string }).code === 'MODULE_NOT_FOUND' ? problem : (error as Error).message;
    }
  }
  return problem === '' ? 'the package koffi is not installed (npm install koffi)' : `the package koffi cannot be loaded (${problem})`;
}

/** Also sets the library to one thread: ours divide the work. */
function factsOf(koffi: Koffi, library: string, platform: string): BlasFacts {
  const loaded = koffi.load(library);
  const call = (prototype: string, ...values: number[]): unknown => {
    try {
      return (loaded.func(prototype) as (...values: number[]) => unknown)(...values);
    } catch {
      return undefined; // another library
    }
  };
  call('void openblas_set_num_threads(int threads)', 1);
  call('void MKL_Set_Num_Threads(int threads)', 1);
  call('void bli_thread_set_num_threads(int64_t threads)', 1);
  const file = fileOf(koffi, loaded, platform) ?? library;
  const openBlas = call('const char *openblas_get_config()') as string | undefined;
  if (openBlas !== undefined) return { name: `OpenBLAS ${/OpenBLAS (\S+)/.exec(openBlas)?.[1] ?? ''}`, kernel: String(call('const char *openblas_get_corename()')), file };
  const blis = call('const char *bli_info_get_version_str()') as string | undefined;
  if (blis !== undefined) return { name: `BLIS ${blis}`, kernel: null, file };
  return { name: library.includes('Accelerate') ? 'Accelerate' : library.includes('mkl') ? 'MKL' : library, kernel: null, file };
}

/** The file that a library was loaded from, where the system tells: glibc since 2.34 and macOS. See dladdr(3). */
function fileOf(koffi: Koffi, loaded: ReturnType<Koffi['load']>, platform: string): string | undefined {
  const system = SYSTEM_LIBRARIES[platform];
  if (platform === 'win32' || system === undefined) return undefined;
  try {
    const dladdr = koffi.load(system).func('int dladdr(size_t address, _Out_ uint64_t *found)') as (address: bigint, found: BigUint64Array) => number;
    const found = new BigUint64Array(4); // a Dl_info: its first field is the address of the file's name
    return dladdr(koffi.address(loaded.symbol('cblas_sgemm')), found) === 0 ? undefined : koffi.decode.string(found[0]!);
  } catch {
    return undefined; // an older C library has this function elsewhere
  }
}
