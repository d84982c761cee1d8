// Chapter 4: what the network of the visitor's own signs reads in one drawing.
import { defineJob } from '../job.js';
import { readSign, type Answer } from '../signs/read-sign.js';
import type { Weights } from '../signs/weights.js';

export default defineJob(async function* ({ weights, pixels }: { weights: Weights; pixels: Float32Array }, tools): AsyncGenerator<Answer, Answer> {
  const answer = await readSign(await tools.engine(), weights, pixels);
  yield answer;
  return answer;
});
