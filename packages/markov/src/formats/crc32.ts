// Computes CRC-32, the checksum of zip, gzip and PNG (ISO 3309): polynomial 0xEDB88320, bit-reversed.

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * @param before the checksum of the preceding bytes; 0 if there are none
 * @returns an integer from 0 to 2^32 - 1
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let value = ~before;
  for (let i = 0; i < bytes.length; i++) value = (value >>> 8) ^ table[(value ^ bytes[i]) & 0xff];
  return ~value >>> 0;
}
