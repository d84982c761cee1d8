// Convolves images (batch, height, width, channels) with a weight (kernelHeight, kernelWidth, channels, outChannels): a matrix
// product whose left side, the patches, is packed straight from the image; see `matmul/blocks.ts` for the blocks and `patches.ts`
// for the packing. A share is a range of rows of the output; tiles end where a row ends.
import { scratchAddress } from '../scratch';
import { firstUnit } from '../share';
import { A_PANEL_BYTES, B_BYTES, COLUMNS, PANELS, blockDepthOf, depthBlocksOf, multiplyTiles, packBlock, panelStrideOf } from '../matmul/blocks';
import { SMALL_TILE_ROWS, TILE_ROWS, largeTilesOf, rowOfTile, tilesOf } from '../matmul/tile';
import { packPatches, setPatches, startBlock } from './patches';
import { placesOf } from './places';

/** y = act(bias + the sums of products); see the contract. */
export function conv2d(
  x: usize, // (batch, height, width, channels)
  weight: usize, // (kernelHeight, kernelWidth, channels, outChannels)
  bias: usize, // (outChannels), or 0
  y: usize, // (batch, outHeight, outWidth, outChannels)
  preActivation: usize, // the shape of y, or 0
  batch: i32, height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, outChannels: i32,
  stride: i32, dilation: i32, mirrored: i32, activation: i32, part: i32, parts: i32,
): void {
  const outHeight = placesOf(height, kernelHeight, stride, dilation);
  const outWidth = placesOf(width, kernelWidth, stride, dilation);
  if (batch == 0 || outHeight == 0 || outWidth == 0 || outChannels == 0) return;
  setPatches(width, channels, kernelHeight, kernelWidth, stride, dilation, mirrored != 0);
  const firstRow = firstUnit(batch * outHeight, part, parts);
  const lastRow = firstUnit(batch * outHeight, part + 1, parts);
  const inner = kernelHeight * kernelWidth * channels;
  const blockDepth = blockDepthOf(inner);
  const depthBlocks = depthBlocksOf(inner);
  const panelStride = panelStrideOf(inner);
  const largeTiles = largeTilesOf(outWidth);
  const tiles = tilesOf(outWidth);
  const rowBytes = usize(width * channels) << 2;
  const positionBytes = usize(stride * channels) << 2;
  const bPanels = scratchAddress();
  const aPanels = bPanels + B_BYTES;

  for (let column = 0; column < outChannels; column += COLUMNS) {
    const columnEnd = min(column + COLUMNS, outChannels);
    for (let block = 0; block < depthBlocks; block++) {
      const k = block * blockDepth;
      const depth = min(blockDepth, inner - k);
      startBlock(k);
      packBlock(weight, outChannels, inner, false, block, column, columnEnd, bPanels);
      for (let row = firstRow; row < lastRow; row++) {
        const image = row / outHeight;
        const corner = x + (usize(image) * usize(height) + usize((row - image * outHeight) * stride)) * rowBytes;
        const offset = usize(row) * usize(outWidth) * usize(outChannels) << 2;
        for (let tile = 0; tile < tiles; tile += PANELS) {
          const tileEnd = min(tile + PANELS, tiles);
          for (let t = tile; t < tileEnd; t++) {
            const first = rowOfTile(t, largeTiles);
            const tileRows = t < largeTiles ? TILE_ROWS : SMALL_TILE_ROWS;
            packPatches(corner + usize(first) * positionBytes, min(tileRows, outWidth - first), tileRows, depth, aPanels + usize((t - tile) * A_PANEL_BYTES));
          }
          multiplyTiles(
            bPanels, panelStride, tile, tileEnd, largeTiles, outWidth, depth, block > 0, block == depthBlocks - 1,
            bias, y + offset, preActivation ? preActivation + offset : 0, outChannels, column, columnEnd, activation,
          );
        }
      }
    }
  }
}
