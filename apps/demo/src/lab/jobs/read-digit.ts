// Chapter 4: what the trained network reads in one drawing.
import { defineJob } from '../job.js';
import { trainedNetwork, type NetworkInput } from '../signs/kept-network.js';
import { readSign, type Answer } from '../signs/read-sign.js';

export interface ReadInput {
  network: NetworkInput;
  /** The drawing as the network gets it, 784 numbers from 0 to 1. */
  pixels: Float32Array;
}

export default defineJob(async function* ({ network, pixels }: ReadInput, tools): AsyncGenerator<Answer, Answer> {
  const answer = await readSign(await tools.engine(), await trainedNetwork(tools, network), pixels);
  yield answer;
  return answer;
});
