// Shows a command that can be copied into a shell, also in a narrow terminal.
import stringWidth from 'string-width';

/**
 * Breaks a command line between its words, with a backslash at the end of each line, as shells of Unix understand it. Quoted words stay whole.
 * @param columns  the width, in characters
 */
export function breakCommand(command: string, columns: number): string {
  const words = command.match(/(?:\\[^]|"(?:\\[^]|[^"\\])*"|'[^']*'|[^\s"'\\])+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  words.forEach((word, at) => {
    const longer = line === '' ? word : `${line} ${word}`;
    const mark = at < words.length - 1 ? 2 : 0;
    if (line !== '' && stringWidth(longer) + mark > columns) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else line = longer;
  });
  return [...lines, line].join('\n');
}
