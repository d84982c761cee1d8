// Exports what the binary of the wasm backend has besides its kernels, and says how a kernel is written. What each computes
// stands in `src/backends/kernels.ts`.
//
// The build finds kernels in the files of this folder: they are the exported functions whose names the contract lists.
//
// Parameters of every kernel: one address per buffer in the order of its signature (0 for an optional buffer that is absent), then its
// numbers (i32 for counts and flags, f32 for constants), then `part` and `parts`: the work is divided into `parts` shares, and this call
// does share number `part`. All shares together write the same bits for any `parts`.
// A kernel whose last step needs the shares of all others has a second function with the same parameters and the name
// `...Finish`, to be called when every share is done. One that wants more scratch memory than 64 KiB says how much: `...ScratchBytes`.
export { setScratch, setCommonScratch, scratchAddress, scratchBytes, heapBase } from './scratch';
export { multiplyAddPeak, readPeak } from './peak';
