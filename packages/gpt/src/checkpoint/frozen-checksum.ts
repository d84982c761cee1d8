// Computes a checksum of the weights that do not change in a training, to check that a run goes on with the base that it began with.
import type { Module } from '@kk/nn-core';
import { crc32 } from './crc32.js';

/** CRC-32 of names, shapes and float32 values of all frozen parameters, in the order of the names: eight hexadecimal digits. */
export async function frozenChecksum(model: Module): Promise<string> {
  const encoder = new TextEncoder();
  const frozen = [...model.namedParameters()].filter(([, { requiresGradient }]) => !requiresGradient);
  let crc = 0;
  for (const [name, tensor] of frozen.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { buffer, byteOffset, byteLength } = Float32Array.from(await tensor.data());
    crc = crc32(encoder.encode(JSON.stringify([name, tensor.shape])), crc);
    crc = crc32(new Uint8Array(buffer, byteOffset, byteLength), crc);
  }
  return crc.toString(16).padStart(8, '0');
}
