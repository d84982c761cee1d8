// Packs the patches of an image that a convolution multiplies with its weight as the left side of tiles.
//
// Laid out as a matrix, the patch of a position is a row of kernelHeight * kernelWidth * channels numbers. That matrix never
// exists: it would take kernelHeight * kernelWidth times the memory of the image. A panel is filled straight from the image,
// run by run of numbers that lie side by side there.
import { packLeft } from '../matmul/pack';

// How to walk the image, in bytes; set once for each call of a kernel.
/** Numbers of a patch that follow each other: a row of the kernel, or the channels of one place. */
let runLength: i32 = 0;
let runsPerRow: i32 = 0;
/** From a run to the next one, beside it and below it; negative when the kernel is mirrored. */
let runStep: isize = 0;
let rowStep: isize = 0;
/** Where the first run of a patch lies. */
let firstRun: isize = 0;
/** From a position to the next. */
let positionStep: usize = 0;
/** With one channel and stride 1, neighbouring positions are neighbours in the image: faster to read than runs of so few numbers. */
let byPosition: bool = false;

/** Sets the walk for images of rows (width, channels). */
export function setPatches(width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, stride: i32, dilation: i32, mirrored: bool): void {
  const pixel = isize(channels) << 2;
  const sign: isize = mirrored ? -1 : 1;
  byPosition = channels == 1 && stride == 1;
  const wholeRows = byPosition || (dilation == 1 && !mirrored);
  runLength = wholeRows ? kernelWidth * channels : channels;
  runsPerRow = wholeRows ? 1 : kernelWidth;
  runStep = sign * isize(dilation) * pixel;
  rowStep = sign * isize(dilation) * isize(width) * pixel;
  firstRun = mirrored ? -(isize(kernelHeight - 1) * rowStep + isize(kernelWidth - 1) * runStep) : 0;
  positionStep = usize(stride) * usize(pixel);
}

/** Where a block of numbers of the patches begins: its run, counted in its row of the kernel, the row, and the number in the run. */
let blockRow: i32 = 0;
let blockRun: i32 = 0;
let blockWithin: i32 = 0;

/** The panels that follow hold the numbers of patches from `k` on. Apart from the packing, because divisions are slow. */
export function startBlock(k: i32): void {
  if (runLength == 0) return;
  const run = k / runLength;
  blockWithin = k - run * runLength;
  blockRow = run / runsPerRow;
  blockRun = run - blockRow * runsPerRow;
}

/**
 * `depth` numbers of the patches of `valid` positions, the first of which has its upper left corner at `from`, as a panel of
 * `width` (4 or 5) rows.
 */
export function packPatches(from: usize, valid: i32, width: i32, depth: i32, panel: usize): void {
  let row = from + usize(firstRun + isize(blockRow) * rowStep);
  let run = blockRun;
  let within = blockWithin;
  while (depth > 0) {
    const count = min(runLength - within, depth);
    const at = row + usize(isize(run) * runStep);
    if (byPosition) packNeighbours(at + usize(isize(within) * runStep), valid, width, count, panel);
    else packLeft(at + (usize(within) << 2), positionStep, false, valid, width, count, panel);
    panel += usize(count * width) << 2;
    depth -= count;
    within = 0;
    if (++run == runsPerRow) {
      run = 0;
      row += usize(rowStep);
    }
  }
}

/** `width` neighbouring numbers for each of `count` places of the kernel. Inlined, because these runs are only as long as the kernel is wide. */
// @ts-ignore: decorator
@inline
function packNeighbours(at: usize, valid: i32, width: i32, count: i32, panel: usize): void {
  if (valid < width) {
    packLeft(at, usize(runStep), true, valid, width, count, panel);
    return;
  }
  for (; count > 0; count--) {
    v128.store(panel, v128.load(at));
    if (width == 5) store<u32>(panel, load<u32>(at, 16), 16);
    panel += usize(width) << 2;
    at += usize(runStep);
  }
}
