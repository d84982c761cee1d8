// @kk/corpora/digits: drawings of digits and letters. A seeded generator, the preparation of drawings as in MNIST, files of drawings.
// Runs in browsers, workers and Node.

export { drawSigns, type DrawSignsOptions } from './draw-signs.js';
export { drawingInput, drawingSize, type Drawings } from './drawings.js';
export { readDrawings, writeDrawings, type SplitDrawings, type WriteDrawingsOptions } from './file.js';
export { type Range, type SignOptions } from './options.js';
export { canvasInk, centreDrawing, shrinkDrawing, type Canvas } from './prepare.js';
export { digitSigns, letterSigns } from './signs/index.js';
