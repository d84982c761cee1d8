// Counts the windows on an axis of an image, for convolution and for pooling.

/** How many positions a window of `window` numbers, `dilation` apart, has on an axis of `size`, each `stride` behind the last. */
export function placesOf(size: i32, window: i32, stride: i32, dilation: i32): i32 {
  const reach = dilation * (window - 1);
  return window > 0 && stride > 0 && size > reach ? (size - reach - 1) / stride + 1 : 0;
}
