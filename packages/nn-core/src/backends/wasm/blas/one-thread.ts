// Makes a library compute on the thread that calls it: our threads divide the work, and the library's own would add up in another order.
import { callIfThere, type Library } from './call.js';

/** Those of OpenBLAS, MKL and BLIS; and OpenMP's, by which others divide their work. */
const FUNCTIONS = ['void openblas_set_num_threads(int threads)', 'void MKL_Set_Num_Threads(int threads)', 'void bli_thread_set_num_threads(int64_t threads)', 'void omp_set_num_threads(int threads)'];

/** Each thread that calls the library must do this: OpenMP keeps a number for each, and a thread that has none yet sets the library to all processors, for everybody. */
export function useOneThread(library: Library): void {
  for (const prototype of FUNCTIONS) callIfThere(library, prototype, 1);
}
