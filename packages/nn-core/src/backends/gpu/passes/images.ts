// Issues the passes of convolution and pooling: images (batch, height, width, channels) are seen as (batch * height, width, channels).
import type { Storage } from '../../backend.js';
import { places } from '../../kernels-images.js';
import { activations } from './matmul.js';
import { cube, vector, type Program, type View } from './pass.js';

const imageView = (storage: Storage, batch: number, height: number, width: number, channels: number): View => cube(storage, batch * height, width, channels);

export const pad2d: Program = (passes, [x, y], [batch, height, width, channels, outHeight, outWidth, top, left, spacing]) =>
  passes.run('pad2d', y, [channels, outWidth, batch * outHeight], [imageView(x, batch, height, width, channels)], [height, width, outHeight, top, left, spacing]);

export const conv2d: Program = (passes, [x, weight, bias, y, preActivation], numbers) => {
  const [batch, height, width, channels, kernelHeight, kernelWidth, outChannels, stride, dilation, mirrored, activation] = numbers;
  const outHeight = places(height, kernelHeight, stride, dilation);
  const outWidth = places(width, kernelWidth, stride, dilation);
  const hasBias = bias !== passes.none;
  const views = [imageView(x, batch, height, width, channels), cube(weight, kernelHeight * kernelWidth, channels, outChannels), vector(bias, hasBias ? outChannels : 1)];
  const walk = mirrored ? [(kernelHeight - 1) * dilation, (kernelWidth - 1) * dilation, -dilation] : [0, 0, dilation];
  const convolve = (output: Storage, code: number): void =>
    passes.run('conv2d', output, [outChannels, outWidth, batch * outHeight], views, [height, outHeight, channels, kernelHeight, kernelWidth, stride, ...walk, Number(hasBias), code]);
  if (preActivation === passes.none) return convolve(y, activation);
  const size = batch * outHeight * outWidth * outChannels;
  convolve(preActivation, 0);
  passes.run(activations[activation] ?? 'copy', y, [size], [vector(preActivation, size)]);
};

export const conv2dWeightGradient: Program = (passes, [x, dy, dWeight], numbers) => {
  const [batch, height, width, channels, kernelHeight, kernelWidth, outChannels, stride, dilation, sums] = numbers;
  const outHeight = places(height, kernelHeight, stride, dilation);
  const outWidth = places(width, kernelWidth, stride, dilation);
  passes.run(
    'conv2dWeightGradient', dWeight, [outChannels, kernelHeight * kernelWidth * channels, sums],
    [imageView(x, batch, height, width, channels), imageView(dy, batch, outHeight, outWidth, outChannels)],
    [batch, height, channels, kernelWidth, outHeight, outWidth, stride, dilation, sums],
  );
};

const pooled = (height: number, width: number, window: number, stride: number, padding: number): [number, number] => [
  places(height + 2 * padding, window, stride),
  places(width + 2 * padding, window, stride),
];

export const maxPool2d: Program = (passes, [x, y, index], [batch, height, width, channels, window, stride, padding]) => {
  const [outHeight, outWidth] = pooled(height, width, window, stride, padding);
  const views = [imageView(x, batch, height, width, channels)];
  const numbers = [height, width, outHeight, window, stride, padding];
  passes.run('maxPool2d', y, [channels, outWidth, batch * outHeight], views, numbers);
  passes.run('maxPool2dIndex', index, [channels * 2, outWidth, batch * outHeight], views, numbers);
};

export const maxPool2dGradient: Program = (passes, [index, dy, dx], [batch, height, width, channels, window, stride, padding]) => {
  const [outHeight, outWidth] = pooled(height, width, window, stride, padding);
  const views = [imageView(index, batch, outHeight, outWidth, channels * 2), imageView(dy, batch, outHeight, outWidth, channels)];
  passes.run('maxPool2dGradient', dx, [channels, width, batch * height], views, [height, outHeight, outWidth, window, stride, padding]);
};

export const averagePool2d: Program = (passes, [x, y], [batch, height, width, channels, window, stride, padding]) => {
  const [outHeight, outWidth] = pooled(height, width, window, stride, padding);
  passes.run('averagePool2d', y, [channels, outWidth, batch * outHeight], [imageView(x, batch, height, width, channels)], [height, width, outHeight, window, stride, padding]);
};

export const averagePool2dGradient: Program = (passes, [dy, dx], [batch, height, width, channels, window, stride, padding]) => {
  const [outHeight, outWidth] = pooled(height, width, window, stride, padding);
  passes.run('averagePool2dGradient', dx, [channels, width, batch * height], [imageView(dy, batch, outHeight, outWidth, channels)], [height, outHeight, outWidth, window, stride, padding]);
};
