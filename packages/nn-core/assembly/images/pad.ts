// Puts zeros around images, or between their pixels, as convolution needs them.
import { copyRun, zeroRun } from '../bytes';
import { firstUnit } from '../share';

/** y[n, top + i * spacing, left + j * spacing] = x[n, i, j] as far as that place is inside, else 0. A share is a range of rows of y. */
export function pad2d(
  x: usize, y: usize,
  batch: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32, top: i32, left: i32, spacing: i32, part: i32, parts: i32,
): void {
  const rowLength = outWidth * channels;
  if (rowLength == 0) return;
  // Pixels of a row of x that have a place in y.
  const count = left < outWidth ? min(width, (outWidth - left - 1) / spacing + 1) : 0;
  const end = firstUnit(batch * outHeight, part + 1, parts);
  for (let row = firstUnit(batch * outHeight, part, parts); row < end; row++) {
    const image = row / outHeight;
    const down = row - image * outHeight - top;
    const i = down >= 0 ? down / spacing : -1;
    const target = y + (usize(row) * usize(rowLength) << 2);
    if (i < 0 || i >= height || i * spacing != down) {
      zeroRun(target, rowLength);
      continue;
    }
    const source = x + ((usize(image) * usize(height) + usize(i)) * usize(width * channels) << 2);
    if (spacing == 1) {
      const before = left * channels;
      const copied = count * channels;
      zeroRun(target, min(before, rowLength));
      copyRun(target + (usize(before) << 2), source, copied);
      if (before + copied < rowLength) zeroRun(target + (usize(before + copied) << 2), rowLength - before - copied);
    } else {
      zeroRun(target, rowLength);
      for (let j = 0; j < count; j++) copyRun(target + (usize((left + j * spacing) * channels) << 2), source + (usize(j * channels) << 2), channels);
    }
  }
}
