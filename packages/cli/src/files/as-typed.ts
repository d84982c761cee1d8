// Messages name files as the user typed them, or as they are found from the current folder, although the program works with full paths.
import { dirname, resolve, sep } from 'node:path';

/**
 * Replaces full paths in a message by what stands for them in the command line: for the folder `runs/book`, `/home/me/runs/book/config.json`
 * becomes `runs/book/config.json`. Other paths begin at the current folder where that is shorter: `/home/me/text.txt` becomes `text.txt`,
 * and in `/home/me/work` it becomes `../text.txt`.
 * @param argv  the arguments as typed
 */
export function namedAsTyped(message: string, argv: readonly string[], cwd: string): string {
  const typed = argv
    // An option's value may be joined to it, and a file may have a weight: `--data=book.txt`, `book.txt:3`.
    .flatMap((word) => [word, word.replace(/^--?[\w-]+=/, ''), word.replace(/:\d+$/, '')])
    .filter((word) => word !== '' && !word.startsWith('-'))
    .map((word) => ({ word: word.replace(/(?<=.)\/$/, ''), path: resolve(cwd, word) }))
    .filter(({ path }) => path !== resolve(cwd));
  // The longest first, because it says most.
  return replacePaths(message, [...typed, ...foldersAbove(cwd)].sort((a, b) => b.path.length - a.path.length));
}

interface Name {
  /** A full path; one that ends in a separator stands only for what is below it. */
  path: string;
  word: string;
}

/** `/home/me/` is `` in that folder, and `../` in a folder below it. The current folder itself keeps its name. */
function foldersAbove(cwd: string): Name[] {
  const names: Name[] = [{ path: resolve(cwd), word: resolve(cwd) }];
  let word = '';
  for (let folder = resolve(cwd); dirname(folder) !== folder; folder = dirname(folder)) {
    if (word.length < folder.length + 1) names.push({ path: folder + sep, word });
    word += `..${sep}`;
  }
  return names;
}

/** Replaces each path where it begins; what follows below it stays. */
function replacePaths(text: string, names: readonly Name[]): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const found = /[\w./-]/.test(text.charAt(at - 1)) ? undefined : names.find(({ path }) => text.startsWith(path, at) && endsAt(text, path, at + path.length));
    result += found ? found.word : text[at];
    at += found ? found.path.length : 1;
  }
  return result;
}

/** Whether the path ends there, rather than being the beginning of a longer name. */
function endsAt(text: string, path: string, end: number): boolean {
  const next = text.charAt(end);
  if (path.endsWith(sep)) return /^(?:[^\s'".,;:)]|\.\w)/.test(text.slice(end, end + 2));
  return !/[\w-]/.test(next) && !(next === '.' && /\w/.test(text.charAt(end + 1)));
}
