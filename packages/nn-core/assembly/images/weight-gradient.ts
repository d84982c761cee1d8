// Computes the gradient of a convolution by its weight: for each image, patches^T (kernel's places * channels, positions) times
// dy (positions, outChannels), summed over images.
//
// The contract asks for `sums` sums over every `sums`-th image; a share is a range of those, or, where they are few, of pairs of
// a sum and a row of the kernel. No sum is divided, so any number of shares writes the same bits.
import { zeroRun } from '../bytes';
import { scratchAddress } from '../scratch';
import { firstUnit } from '../share';
import { B_BYTES, COLUMNS, blockDepthOf, multiplyTiles, panelStrideOf } from '../matmul/blocks';
import { packLeft, packRight } from '../matmul/pack';
import { SMALL_TILE_ROWS, TILE_COLUMNS, TILE_ROWS, largeTilesOf, rowOfTile, tilesOf } from '../matmul/tile';
import { placesOf } from './places';

/** With as many sums, every thread finds enough of them; with fewer, each is cut by rows of the kernel, and dy is packed for each. */
const ENOUGH_SUMS: i32 = 16;

// Sizes of the call.
let height: i32 = 0;
let width: i32 = 0;
let channels: i32 = 0;
let outChannels: i32 = 0;
let outWidth: i32 = 0;
let stride: i32 = 0;
/** Bytes from one panel of dy to the next. */
let panelStride: usize = 0;

/** dWeight (sums, kernelHeight, kernelWidth, channels, outChannels); x and dy as in `conv2d`. */
export function conv2dWeightGradient(
  x: usize, dy: usize, dWeight: usize,
  batch: i32, imageHeight: i32, imageWidth: i32, imageChannels: i32, kernelHeight: i32, kernelWidth: i32, outputs: i32,
  kernelStride: i32, dilation: i32, sums: i32, part: i32, parts: i32,
): void {
  height = imageHeight;
  width = imageWidth;
  channels = imageChannels;
  outChannels = outputs;
  stride = kernelStride;
  outWidth = placesOf(width, kernelWidth, stride, dilation);
  const outHeight = placesOf(height, kernelHeight, stride, dilation);
  const positions = outHeight * outWidth;
  const blockDepth = blockDepthOf(positions);
  panelStride = panelStrideOf(positions);
  const rowsOfUnit = sums >= ENOUGH_SUMS ? kernelHeight : 1;
  const unitsOfSum = rowsOfUnit > 0 ? kernelHeight / rowsOfUnit : 0;
  // The numbers of a patch that lie side by side: the rows of dWeight that tiles may cover.
  const run = dilation == 1 ? kernelWidth * channels : channels;
  const runsPerRow = dilation == 1 ? 1 : kernelWidth;
  const end = firstUnit(sums * unitsOfSum, part + 1, parts);
  for (let unit = firstUnit(sums * unitsOfSum, part, parts); unit < end; unit++) {
    const s = unit / unitsOfSum;
    const firstRow = (unit - s * unitsOfSum) * rowsOfUnit;
    const numbers = rowsOfUnit * kernelWidth * channels * outChannels;
    const target = dWeight + (usize(unit) * usize(numbers) << 2);
    zeroRun(target, numbers);
    for (let image = s; image < batch; image += sums) {
      for (let position = 0; position < positions; position += blockDepth) {
        const depth = min(blockDepth, positions - position);
        for (let column = 0; column < outChannels; column += COLUMNS) {
          const columnEnd = min(column + COLUMNS, outChannels);
          packOutput(dy + ((usize(image) * usize(positions) + usize(position)) * usize(outChannels) << 2), depth, column, columnEnd);
          for (let row = 0; row < rowsOfUnit; row++) {
            for (let r = 0; r < runsPerRow; r++) {
              const corner = (usize(image) * usize(height) + usize((firstRow + row) * dilation)) * usize(width) + usize(r * dilation);
              multiplyRun(x + (corner * usize(channels) << 2), run, position, depth, target + (usize((row * runsPerRow + r) * run * outChannels) << 2), column, columnEnd);
            }
          }
        }
      }
    }
  }
}

/** Columns [column, columnEnd) of `depth` rows of dy, as panels. */
function packOutput(from: usize, depth: i32, column: i32, columnEnd: i32): void {
  let panel = scratchAddress();
  for (; column < columnEnd; column += TILE_COLUMNS) {
    packRight(from + (usize(column) << 2), usize(outChannels) << 2, false, min(columnEnd - column, TILE_COLUMNS), depth, panel);
    panel += panelStride;
  }
}

/**
 * y (run, outChannels) += x^T dy over positions [position, position + depth), where the run of position 0 begins at `x`.
 */
function multiplyRun(x: usize, run: i32, position: i32, depth: i32, y: usize, column: i32, columnEnd: i32): void {
  const bPanels = scratchAddress();
  const largeTiles = largeTilesOf(run);
  const tiles = tilesOf(run);
  for (let t = 0; t < tiles; t++) {
    const first = rowOfTile(t, largeTiles);
    const tileRows = t < largeTiles ? TILE_ROWS : SMALL_TILE_ROWS;
    packPositions(x + (usize(first) << 2), min(tileRows, run - first), tileRows, position, depth, bPanels + B_BYTES);
    multiplyTiles(bPanels, panelStride, t, t + 1, largeTiles, run, depth, true, false, 0, y, 0, outChannels, column, columnEnd, 0);
  }
}

/** `valid` neighbouring numbers of the patches at positions [position, position + depth), as a panel: one row of the output after the other. */
function packPositions(x: usize, valid: i32, tileRows: i32, position: i32, depth: i32, panel: usize): void {
  const pixel = usize(channels) << 2;
  const end = position + depth;
  while (position < end) {
    const row = position / outWidth;
    const column = position - row * outWidth;
    const count = min(outWidth - column, end - position);
    const from = x + (usize(row * stride) * usize(width) + usize(column * stride)) * pixel;
    packLeft(from, usize(stride) * pixel, true, valid, tileRows, count, panel);
    panel += usize(count * tileRows) << 2;
    position += count;
  }
}
