// Scales grey pictures. A pixel of the new picture is the mean of the area of the old one that it covers, so thin strokes become paler but
// never vanish; when a picture grows, its pixels are blended linearly.

/** A part of a picture, in pixels; fractions are allowed, and what lies outside of the picture counts as paper. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Grey pixels row by row, 0 for paper. Shape (height, width). */
export interface Picture {
  readonly pixels: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
}

/** @returns the area, scaled to `width` x `height` pixels */
export function resample(picture: Picture, area: Area, width: number, height: number): Float64Array {
  const columns = shares(area.left, area.width, width, picture.width);
  const rows = shares(area.top, area.height, height, picture.height);
  // First the rows of the area become narrower or wider, then all columns lower or higher.
  const narrow = new Float64Array(picture.height * width);
  for (let y = 0; y < picture.height; y++) {
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (const { at, share } of columns[column]) sum += share * picture.pixels[y * picture.width + at];
      narrow[y * width + column] = sum;
    }
  }
  const scaled = new Float64Array(width * height);
  for (let row = 0; row < height; row++) {
    for (const { at, share } of rows[row]) {
      for (let column = 0; column < width; column++) scaled[row * width + column] += share * narrow[at * width + column];
    }
  }
  return scaled;
}

/**
 * Along one direction: which old pixels each new one takes, and how much of each. A new pixel takes at least the width of one old pixel
 * around its centre, which is linear blending when the picture grows.
 */
function shares(start: number, length: number, count: number, available: number): { at: number; share: number }[][] {
  const step = length / count;
  const reach = Math.max(step, 1);
  return Array.from({ length: count }, (_, i) => {
    const from = start + (i + 0.5) * step - reach / 2;
    const to = from + reach;
    const taken: { at: number; share: number }[] = [];
    for (let at = Math.max(0, Math.floor(from)); at < Math.min(available, Math.ceil(to)); at++) {
      const overlap = Math.min(to, at + 1) - Math.max(from, at);
      if (overlap > 0) taken.push({ at, share: overlap / reach });
    }
    return taken;
  });
}
