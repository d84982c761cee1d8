// Says which BLAS library was loaded, which of its kernels it chose, and where its file lies.
import type { BlasFacts } from '../../backend.js';
import { SYSTEM_LIBRARIES, type Koffi } from './bind.js';
import { callIfThere, type Library } from './call.js';

/**
 * @param given the path or the name by which it was loaded, which names what cannot say its own name
 * @param platform as Node's `process.platform`
 */
export function factsOf(koffi: Koffi, library: Library, given: string, platform: string): BlasFacts {
  const file = fileOf(koffi, library, platform) ?? given;
  const openBlas = configOf(library);
  if (openBlas !== undefined) return { name: `OpenBLAS ${/OpenBLAS (\S+)/.exec(openBlas)?.[1] ?? ''}`, kernel: String(callIfThere(library, 'const char *openblas_get_corename()')), file };
  const blis = callIfThere(library, 'const char *bli_info_get_version_str()') as string | undefined;
  if (blis !== undefined) return { name: `BLIS ${blis}`, kernel: null, file };
  return { name: given.includes('Accelerate') ? 'Accelerate' : given.includes('mkl') ? 'MKL' : given, kernel: null, file };
}

/** How an OpenBLAS was built, in words that stand apart: `OpenBLAS 0.3.21 DYNAMIC_ARCH NO_AFFINITY`. Undefined for other libraries. */
export const configOf = (library: Library): string | undefined => callIfThere(library, 'const char *openblas_get_config()') as string | undefined;

/** The file that a library was loaded from, where the system tells: glibc since 2.34 and macOS. See dladdr(3). */
function fileOf(koffi: Koffi, library: Library, platform: string): string | undefined {
  const system = SYSTEM_LIBRARIES[platform];
  if (platform === 'win32' || system === undefined) return undefined;
  try {
    const dladdr = koffi.load(system).func('int dladdr(size_t address, _Out_ uint64_t *found)') as (address: bigint, found: BigUint64Array) => number;
    const found = new BigUint64Array(4); // a Dl_info: its first field is the address of the file's name
    return dladdr(koffi.address(library.symbol('cblas_sgemm')), found) === 0 ? undefined : koffi.decode.string(found[0]!);
  } catch {
    return undefined; // an older C library has this function elsewhere
  }
}
