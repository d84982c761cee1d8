// Tells where the system finds a library, so that its file can be looked at before it is loaded.

/** The parts of Node's `fs` that are used here. */
export interface FilesOfSystem {
  existsSync(path: string): boolean;
  readFileSync(path: string, encoding: 'utf8' | 'latin1'): string;
}

/** The parts of Node's `process` that are used here. */
export interface SystemFacts {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What the system found in its folders when programs were last installed: its paths end with a zero byte each. See ldconfig(8). */
const CACHE = '/etc/ld.so.cache';
const USUAL_FOLDERS = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib'];

/**
 * The file that will be loaded. Undefined where there is none, and for a name on other systems than Linux. The order is that of ld.so(8), of which three things are left
 * out: the folders for some processors alone (glibc-hwcaps), those that Node's own file names, and which of several files in the cache is for this processor.
 * @param library a path, which has a separator, or a name that the system finds
 */
export function whereIs(files: FilesOfSystem, { platform, env }: SystemFacts, library: string): string | undefined {
  if (/[\\/]/.test(library)) return files.existsSync(library) ? library : undefined;
  if (platform !== 'linux') return undefined;
  const inFolders = (folders: readonly string[]): string[] => folders.map((folder) => `${folder === '' ? '.' : folder}/${library}`);
  const asked = env.LD_LIBRARY_PATH ? inFolders(env.LD_LIBRARY_PATH.split(/[:;]/)) : [];
  const exists = (file: string): boolean => files.existsSync(file);
  return asked.find(exists) ?? cached(files, library).find(exists) ?? inFolders(USUAL_FOLDERS).find(exists);
}

function cached(files: FilesOfSystem, library: string): string[] {
  try {
    return files.readFileSync(CACHE, 'latin1').split('\0').filter((text) => text.startsWith('/') && text.endsWith(`/${library}`));
  } catch {
    return []; // another C library keeps none
  }
}
