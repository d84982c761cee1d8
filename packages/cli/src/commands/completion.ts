// `kk completion`: a script that lets a shell complete verbs, options, choices and files. The script asks `kk completion-server`.
import { Argument } from 'commander';
import type { Context } from '../context.js';
import { candidates } from '../grammar/complete.js';
import { Verb } from '../grammar/verb.js';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const isShell = (text: string): text is Shell => shells.some((shell) => shell === text);

/** What the library's scripts take as the request to complete names of files. */
const FILES = '__tabtab_complete_files__';

export function completionCommand(context: Context): Verb {
  return new Verb('completion')
    .summary('let your shell complete what you type')
    .description('Writes a script for your shell that completes verbs, options, choices and names of files.')
    .addArgument(new Argument('<shell>', 'your shell').choices(shells))
    .flows({ writes: { stdout: 'a script for the shell' } })
    .examples(
      { about: 'bash, in ~/.bashrc', command: 'source <(kk completion bash)' },
      { about: 'zsh, in ~/.zshrc, after compinit', command: 'source <(kk completion zsh)' },
      { about: 'fish', command: 'kk completion fish > ~/.config/fish/completions/kk.fish' },
    )
    .does(async (_options, { args: [shell] }) => {
      const { default: tabtab } = await import('@pnpm/tabtab');
      if (isShell(shell)) context.terminal.write(withoutFilesForNothing(await tabtab.getCompletionScript({ name: 'kk', completer: 'kk', shell })));
    });
}

/** Without this, bash completes names of files wherever kk offers nothing, for example after `--seconds`. Other shells do not. */
const withoutFilesForNothing = (script: string): string =>
  script.replace('COMPREPLY=($(compgen -f -- "$cword"))\n', 'COMPREPLY=()\n    else\n      compopt +o default 2>/dev/null\n');

/** Answers the script's question: the words come in COMP_LINE, the cursor in COMP_POINT, the shell in SHELL. Hidden in the help. */
export function completionServerCommand(context: Context): Verb {
  return new Verb('completion-server')
    .description('Answers the script of kk completion.')
    .argument('[word...]')
    .does(async (_options, verb) => {
      const { default: tabtab } = await import('@pnpm/tabtab');
      const { env, stdout } = context.io;
      const { partial, lastPartial } = tabtab.parseEnv(env);
      const words = partial.slice(0, partial.length - lastPartial.length).trim().split(/\s+/).slice(1);
      const shell = tabtab.getShellFromEnv(env);
      // For bash, `=` ends a word: it completes what follows.
      const found = candidates(verb.parent as Verb, words, lastPartial);
      const write = (line: string): unknown => stdout.write(`${line}\n`);
      if (found === 'files') write(FILES);
      else tabtab.log(shell === 'bash' ? found.map(({ name, description }) => ({ name: name.replace(/^--[\w-]+=/, ''), description })) : found, shell, write);
    });
}
