// Packs a package as npm publishes it, without touching its own folder: its build where that is up to date, and else a new one.
// @param packageFolder  the folder of a package with a tsup.config.ts
// @param folder  where the tarball and the files that it is made of go
// @param options  `types`: with type declarations; without them if left out
// @returns the tarball's path
export function packPackage(packageFolder: string, folder: string, options?: { types?: boolean }): Promise<string>;

/**
 * Creates an empty project in a folder and installs packages into it.
 * @param folder  an existing folder
 * @param tarballs  tarballs in this folder
 * @param others  further packages, from the registry
 */
export function installPacked(folder: string, tarballs: readonly string[], others?: readonly string[]): Promise<void>;
