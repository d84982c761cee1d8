// Says how to get a BLAS library on this system: which package to install.

/** Of each family of Linux systems the command that installs a BLAS which `find.ts` looks for. */
const COMMANDS: Readonly<Record<string, string>> = { debian: 'apt-get install libopenblas0-pthread', fedora: 'dnf install openblas' };

/**
 * What to do, as the end of a sentence.
 * @param platform as Node's `process.platform`
 * @param readRelease reads `/etc/os-release`, which names a Linux system and those that it is like; see os-release(5)
 */
export function howToInstall(platform: string, readRelease: () => string): string {
  if (platform === 'darwin') return 'macOS has one, Accelerate, which could not be loaded: brew install openblas, and give the path of its libopenblas.dylib';
  if (platform === 'win32') return 'download OpenBLAS from https://github.com/OpenMathLib/OpenBLAS/releases, and give the path of its libopenblas.dll';
  const named = platform === 'linux' ? familyOf(readRelease) : undefined;
  return named === undefined ? 'install OpenBLAS with the packages of your system' : `to install one: ${COMMANDS[named]!}`;
}

function familyOf(readRelease: () => string): string | undefined {
  let release: string;
  try {
    release = readRelease();
  } catch {
    return undefined; // a system that does not say its name
  }
  const names = [...release.matchAll(/^ID(?:_LIKE)?=["']?([^"'\n]*)/gm)].flatMap(([, words]) => words!.split(' '));
  return names.find((name) => Object.hasOwn(COMMANDS, name));
}
