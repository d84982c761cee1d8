// Makes the program of a kernel that is one pass of the shader with its name: most kernels need no other.
//
// The shader takes the kernel's buffers, each as one axis (int32 as `Halves`), then the kernel's numbers, whole ones before others, and
// computes one number of the output at `this.thread.x`. Of an elementwise kernel all buffers have the output's size, and the shader
// does not take it. Kernels with several outputs or with updates have programs of their own.
import { kernelBuffers, kernelLengths, kernels, type KernelName, type KernelSignature } from '../../kernels.js';
import { floatsPerNumber, halves, vector, type Program, type ShaderName } from './pass.js';

/** Kernels that have a shader of their name. */
export type NamedKernel = KernelName & ShaderName;

/** The program of a kernel that has a shader of its name; for others it does not compile, and the call of a pass fails. */
export function plainProgram(kernel: KernelName): Program {
  const shader = kernel as NamedKernel;
  const inputs = kernelBuffers(kernel).length - 1;
  if ((kernels[kernel] as KernelSignature).elementwise) {
    return (passes, buffers, [size, ...numbers]) => passes.run(shader, buffers[inputs]!, [size!], buffers.slice(0, inputs).map((buffer) => vector(buffer, size!)), numbers);
  }
  return (passes, buffers, numbers) => {
    const lengths = kernelLengths(kernel, numbers);
    const views = buffers.slice(0, inputs).map((buffer, i) => (buffer === passes.none ? vector(buffer, 1) : buffer.dtype === 'int32' ? halves(buffer, lengths[i]!) : vector(buffer, lengths[i]!)));
    const output = buffers[inputs]!;
    passes.run(shader, output, [lengths[inputs]! * floatsPerNumber(output)], views, numbers);
  };
}
