// Declares the array type that the kernels compute with: one set of loops serves both precisions.
export type FloatArray = Float32Array | Float64Array;
