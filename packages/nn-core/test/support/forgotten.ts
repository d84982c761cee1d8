// Says which places of a new operation or kernel were forgotten, and which file to edit.

/** What is there of operations and kernels. Paths are those in packages/nn-core. */
export interface Places {
  /** The files of src/ops with the functions that they export. */
  readonly families: ReadonlyMap<string, readonly string[]>;
  /** What src/index.ts exports at run time. */
  readonly exported: ReadonlySet<string>;
  /** The names in the API table of the README that stand for something exported, and all names there. */
  readonly readme: { readonly exported: ReadonlySet<string>; readonly all: ReadonlySet<string> };
  /** The names of the cases in test/support/op-cases.ts. */
  readonly cases: readonly string[];
  /** Operations without gradient, and so without case. */
  readonly withoutGradient: ReadonlySet<string>;
  readonly kernels: readonly string[];
  /** Functions of each backend by name. */
  readonly cpu: ReadonlySet<string>;
  readonly wasm: ReadonlySet<string>;
  readonly gpu: ReadonlySet<string>;
  /** Kernels that are run by a case of an operation or of their own. */
  readonly run: ReadonlySet<string>;
  /** Kernels whose results are compared with numbers from elsewhere: PyTorch's, or a formula's. */
  readonly compared: ReadonlySet<string>;
}

/** One sentence for each place that is missing. */
export function forgottenPlaces(places: Places): string[] {
  const { families, exported, readme, cases, withoutGradient, kernels, cpu, wasm, gpu, run, compared } = places;
  const problems: string[] = [];
  const caseNames = new Set(cases.map((name) => /^\w*/.exec(name)![0]));
  for (const [file, operations] of families) {
    const missing = operations.filter((operation) => !exported.has(operation));
    if (missing.length > 0) problems.push(`src/index.ts does not export ${missing.join(', ')}: add export * from './ops/${file.replace(/ts$/, 'js')}', or move what is no operation to src/ops/shared.`);
    for (const operation of operations) {
      if (!caseNames.has(operation) && !withoutGradient.has(operation)) {
        problems.push(`test/support/op-cases.ts has no case of ${operation} (src/ops/${file}): add one whose name begins with ${operation}; where it has no gradient, name its test in withoutGradient there.`);
      }
    }
  }
  for (const name of exported) if (!readme.all.has(name)) problems.push(`README.md does not name ${name}: add it to the table under API, or do not export it from src/index.ts.`);
  for (const name of readme.exported) if (!exported.has(name)) problems.push(`README.md names ${name} in the table under API, and src/index.ts does not export it: export it, or take it out of the table.`);
  for (const kernel of kernels) {
    if (!cpu.has(kernel)) problems.push(`The cpu backend has no ${kernel}: write the function ${kernel} in a file of src/backends/cpu/kernels.`);
    if (!wasm.has(kernel)) problems.push(`The wasm backend has no ${kernel}: write the function ${kernel} in a file of assembly.`);
    if (!gpu.has(kernel)) problems.push(`The gpu backend has no ${kernel}: write the function ${kernel} in a file of src/backends/gpu/shaders, or a program of several passes in src/backends/gpu/passes.`);
    if (!run.has(kernel)) problems.push(`No test runs the kernel ${kernel}: add a case of an operation that runs it to test/support/op-cases.ts, or a row to test/support/kernel-cases.ts.`);
    if (!compared.has(kernel)) problems.push(`Nothing says what the kernel ${kernel} computes: give a case of its operation in test/support/op-cases.ts a formula.`);
  }
  return problems;
}
