// The array type that the kernels of this folder compute with: one set of loops serves both precisions.
export type FloatArray = Float32Array | Float64Array;
