// How a worker of the GPU benchmark answers, so that the table can say why a figure is missing.
import { WrongProduct } from './gpu-task.mjs';
import { report } from './measure.mjs';

/** Reports what `work` returns, or why it returned nothing, and ends the process, which an open GPU would keep alive. */
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
