// Runs in a thread of Hogwild training, as a script without imports, for Node's and the browsers' workers. It gets its kernel first, then
// parts of the text one by one, and answers each with the sum of the losses and the number of examples.

/** The messages that a thread gets. */
export interface ThreadStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Exports to call with which numbers, in this order. */
  calls: [name: string, numbers: readonly number[]][];
  /** The address of the two results. */
  results: number;
}

/** The arguments of `trainBatch`. */
export type ThreadJob = readonly number[];

/** What a thread answers to a job: the sum of the losses, and the number of examples. */
export type ThreadAnswer = readonly [loss: number, examples: number];

export const threadProgram = `
const start = (port, answer) => {
  let kernel, results;
  port((message) => {
    if (kernel === undefined) {
      kernel = new WebAssembly.Instance(message.module, { env: { memory: message.memory } }).exports;
      results = new Float64Array(message.memory.buffer, message.results, 2);
      for (const [name, numbers] of message.calls) kernel[name](...numbers);
    } else {
      kernel.trainBatch(...message);
      answer([...results]);
    }
  });
};
if (typeof process === 'object' && process.versions?.node) {
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  start((handle) => parentPort.on('message', handle), (result) => parentPort.postMessage(result));
} else {
  start((handle) => { self.onmessage = ({ data }) => handle(data); }, (result) => self.postMessage(result));
}
`;
