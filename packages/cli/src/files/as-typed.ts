// Messages name files as the user typed them, although the program works with full paths.
import { resolve } from 'node:path';

/**
 * Replaces full paths in a message by what stands for them in the command line: for the folder `runs/book`, `/home/me/runs/book/config.json`
 * becomes `runs/book/config.json`.
 * @param argv  the arguments as typed
 */
export function namedAsTyped(message: string, argv: readonly string[], cwd: string): string {
  const typed = argv
    // An option's value may be joined to it, and a file may have a weight: `--data=book.txt`, `book.txt:3`.
    .flatMap((word) => [word, word.replace(/^--?[\w-]+=/, ''), word.replace(/:\d+$/, '')])
    .filter((word) => word !== '' && !word.startsWith('-'))
    .map((word) => ({ word, path: resolve(cwd, word) }))
    .filter(({ path }) => path !== resolve(cwd))
    .sort((a, b) => b.path.length - a.path.length);
  return typed.reduce((text, { word, path }) => replacePath(text, path, word), message);
}

/** Replaces a path where it stands for itself or for something below it, not as a part of a longer name. */
function replacePath(text: string, path: string, word: string): string {
  let result = '';
  let from = 0;
  for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, from)) {
    const end = at + path.length;
    const isName = !/[\w-]/.test(text.charAt(end)) && !/[\w./-]/.test(text.charAt(at - 1)) && !(text.charAt(end) === '.' && /\w/.test(text.charAt(end + 1)));
    result += text.slice(from, at) + (isName ? word.replace(/\/$/, '') : path);
    from = end;
  }
  return result + text.slice(from);
}
