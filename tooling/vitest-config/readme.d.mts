// What a README shows, and tests that compare it with what runs; see readme.mjs.

/** A block of code in a README. */
export interface ReadmeBlock {
  /** The first word behind the three backticks, such as `ts`. */
  language: string;
  code: string;
  /** What the README says that it prints: the block in `text` right under it; undefined without one. */
  output: string | undefined;
  /** Why it is not run, from a comment `<!-- not run: REASON -->` right above it; undefined for one that runs. */
  notRun: string | undefined;
}

/**
 * @param markdown  the text of a README
 * @returns its blocks of code in their order, without those that show what a block prints
 */
export function readmeBlocks(markdown: string): ReadmeBlock[];

/**
 * An example: its file below the package's folder, how it runs (declarations do not), and, where its numbers depend on the machine, the form
 * of what it prints.
 */
export type ReadmeExample = readonly [path: string, run?: () => Promise<unknown>, printed?: RegExp];

/**
 * Tests that a README shows its examples word for word and in their order, that they run, and that they print what stands under them: the
 * same text, or, where a form is given, both have this form.
 * @param folder  the folder of the package, with a slash at its end
 * @param examples  all blocks in `ts` that run
 */
export function testReadme(folder: URL, examples: readonly ReadmeExample[]): void;

/** Runs a program and returns what it prints on the console, one line for each call, as Node writes it. */
export function printedBy(program: () => Promise<unknown>): Promise<string>;
