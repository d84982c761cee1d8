// The answer of a worker of the GPU benchmark; it says why a result is missing.
import { WrongProduct } from './gpu-task.mjs';
import { report } from './measure.mjs';

/** Reports the result of `work`, or why it has none, and ends the process, which an open GPU would keep alive. */
export async function answerWith(work) {
  let answer;
  try {
    answer = await work();
  } catch (error) {
    answer = { missing: error.message, wrong: error instanceof WrongProduct };
  }
  report(answer);
  process.exit(0);
}
