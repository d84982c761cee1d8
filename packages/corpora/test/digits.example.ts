import { centreDrawing, digitSigns, drawingInput, drawSigns, letterSigns } from '@kk/corpora/digits';

const training = drawSigns(digitSigns, { seed: 1, count: 1000, slant: [0, 0.4], noise: 0.1 });
const letters = drawSigns(['A', 'B', 'C'], { seed: 2, count: 30, penWidth: 2.5 });
console.log(training.labels.length, letters.signs.join(''), letterSigns.length);

// Row by row, as a network sees the first drawing.
const input = drawingInput(training, 0);
for (let y = 0; y < 28; y++) console.log(Array.from(input.subarray(28 * y, 28 * y + 28), (ink) => ' .:#'[Math.floor(ink * 3.99)]).join(''));

// A canvas of 300 x 200 pixels with one stroke in a corner, prepared like the drawings of MNIST; and one on which nothing is drawn.
const pixels = new Float32Array(300 * 200);
for (let y = 20; y < 90; y++) pixels.fill(1, 300 * y + 250, 300 * y + 262);
console.log(centreDrawing({ pixels, width: 300, height: 200 })?.length);
console.log(centreDrawing({ pixels: new Float32Array(300 * 200), width: 300, height: 200 }) ?? 'nothing drawn');
