// Turns relaxed SIMD on in Node 20, which has it behind a flag of V8. The flag holds for the whole process, adds instructions to
// WebAssembly and changes nothing else. Later versions of Node need no flag, browsers have none: there, nothing happens.
import { hasRelaxedSimd } from './features.js';

/** The parts of Node's `process` that are used here; in a browser there is no such object, or another one. */
interface NodeProcess {
  readonly versions?: { readonly node?: string; readonly bun?: string; readonly deno?: string };
  /** Node 20.16 and later: a built-in module without an import, which bundlers for browsers would stumble over. */
  getBuiltinModule?(name: 'node:v8'): { setFlagsFromString(flags: string): void };
}

const FLAG = '--experimental-wasm-relaxed-simd';

/** True when relaxed SIMD can be used after the call. */
export function enableRelaxedSimd(): boolean {
  if (hasRelaxedSimd()) return true;
  const { process } = globalThis as { process?: NodeProcess };
  const isNode = process?.versions?.node !== undefined && !process.versions.bun && !process.versions.deno;
  if (isNode && typeof process.getBuiltinModule === 'function') process.getBuiltinModule('node:v8').setFlagsFromString(FLAG);
  return hasRelaxedSimd();
}
