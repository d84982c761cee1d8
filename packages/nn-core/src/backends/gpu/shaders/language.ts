// Declares the words that shaders are written in: what gpu.js knows of JavaScript, as types. No shader is here.
//
// A shader is a plain function that computes one number (or `Four` numbers) of its output; gpu.js translates it to WGSL or
// GLSL and runs it once for each place. It may use its arguments, `this.thread`, `Math`, and the helpers of this folder,
// and must be written so that both languages can follow:
//
// - buffers come first, then whole numbers (`Int`), then others (`Float`): `scripts/build-shaders.mjs` reads these types;
// - a local variable that is not a loop counter becomes a 32-bit float, which counts exactly only to 2^24. Positions in large
//   buffers are therefore never put in a variable: a buffer is seen as a matrix or a cube (`x[row][column]`, computed in
//   integers), or the position is a single expression of `Int`s, if need be through a helper;
// - `/` is float division even of `Int`s; `quotient` divides whole numbers;
// - loop counters begin at a whole number and go up; two loops of one shader name theirs differently;
// - `a ? b : c` computes b and c; a sum begins with `let total = 0`; helpers take and return single numbers;
// - a helper that calls helpers is called by one function only: gpu.js writes them in an order that is right for that alone.

/** Where the one output number of this call belongs: x is the fastest axis. */
export interface Invocation {
  readonly thread: { readonly x: Int; readonly y: Int; readonly z: Int };
}

/** A whole number, 32 bits on the device. */
export type Int = number;
/** A 32-bit floating-point number. */
export type Float = number;
/** What a shader gives back when it computes four neighbours at once. WebGPU only. */
export type Four = [Float, Float, Float, Float];

/** A buffer seen as one axis. */
export type Vector = ArrayLike<Float>;
/** A buffer seen as [row][column]. */
export type Matrix = ArrayLike<Vector>;
/** A buffer seen as [layer][row][column]. */
export type Cube = ArrayLike<Matrix>;
/**
 * An int32 buffer. A 32-bit float cannot hold every int32, so each is stored as two floats: [i][0] the low 16 bits, 0 to
 * 65535; [i][1] the high 16 bits, -32768 to 32767.
 */
export type Halves = Matrix;
