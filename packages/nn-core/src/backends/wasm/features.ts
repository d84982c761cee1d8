// Finds which WebAssembly instructions this engine has, by validating modules of one function each.

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
/** One function type, () -> v128, and one function of that type. */
const DECLARATIONS = [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, 0x03, 0x02, 0x01, 0x00];
/** i32.const 0, i8x16.splat: a vector of zeros on the stack. */
const ZEROS = [0x41, 0x00, 0xfd, 0x0f];
/** f32x4.relaxed_madd */
const RELAXED_MADD = [0xfd, 0x85, 0x02];
const END = 0x0b;

function hasInstructions(instructions: readonly number[]): boolean {
  if (typeof WebAssembly !== 'object') return false;
  const body = [0x00, ...instructions, END];
  return WebAssembly.validate(new Uint8Array([...HEADER, ...DECLARATIONS, 0x0a, body.length + 2, 0x01, body.length, ...body]));
}

/** 128-bit SIMD: in every current browser and in Node since 16. */
export function hasSimd(): boolean {
  return hasInstructions(ZEROS);
}

/** Relaxed SIMD, whose fused multiply-add is what we want of it. */
export function hasRelaxedSimd(): boolean {
  return hasInstructions([...ZEROS, ...ZEROS, ...ZEROS, ...RELAXED_MADD]);
}
