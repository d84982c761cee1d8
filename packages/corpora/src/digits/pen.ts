// Draws lines with a round pen into grey pixels, with smooth edges.

import type { Point } from './curve.js';

/**
 * Adds a line to the pixels. Pixel (column, row) has its centre at x = column + 0.5, y = row + 0.5; its grey is the share of it that the
 * pen covers, estimated from the distance of its centre to the line. Where lines cross, the darker one counts, as with ink.
 *
 * @param pixels ink from 0 to 1, shape (height, width)
 * @param line the corners of the line, in pixels; what leaves the picture is cut off
 * @param penWidth in pixels, at least 1
 */
export function drawLine(pixels: Float64Array, width: number, height: number, line: readonly Point[], penWidth: number): void {
  // A pixel half a pixel beyond the edge of the pen gets no ink, one half a pixel inside gets all of it.
  const reach = penWidth / 2 + 0.5;
  for (let i = 0; i + 1 < line.length; i++) {
    const from = line[i];
    const to = line[i + 1];
    const stepX = to.x - from.x;
    const stepY = to.y - from.y;
    const squaredLength = stepX * stepX + stepY * stepY;
    const firstRow = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
    const lastRow = Math.min(height - 1, Math.floor(Math.max(from.y, to.y) + reach));
    const firstColumn = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
    const lastColumn = Math.min(width - 1, Math.floor(Math.max(from.x, to.x) + reach));
    for (let row = firstRow; row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        const x = column + 0.5 - from.x;
        const y = row + 0.5 - from.y;
        // The nearest point of the piece from `from` to `to`, as a share of it.
        const along = squaredLength === 0 ? 0 : Math.min(1, Math.max(0, (x * stepX + y * stepY) / squaredLength));
        const awayX = x - along * stepX;
        const awayY = y - along * stepY;
        const squaredDistance = awayX * awayX + awayY * awayY;
        if (squaredDistance >= reach * reach) continue;
        const ink = Math.min(1, reach - Math.sqrt(squaredDistance));
        const at = row * width + column;
        if (ink > pixels[at]) pixels[at] = ink;
      }
    }
  }
}
