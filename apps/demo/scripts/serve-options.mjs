// The options of `npm start`. It uses nothing that has to be installed, because they are checked before that.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

export const DEFAULT_PORT = 4747;

/** The languages of the course: each has a file with the words of its interface. A test compares them with those of the pages. */
export const LANGUAGES = readdirSync(new URL('../src/languages/', import.meta.url)).flatMap((file) => /^([a-z]{2})\.ts$/.exec(file)?.[1] ?? []).sort();

const help = `npm start -- [options]: builds the course if needed and serves it on this machine

  --lang LANGUAGE  the language of the first page, ${LANGUAGES.join(' or ')} (default: what the browser asks for)
  --port NUMBER    the port, 0 for any free one (default: ${DEFAULT_PORT}, or a free one if that is taken)
  --open           opens the page in the browser
  --help           shows this
`;

/**
 * @param {readonly string[]} args
 * @returns {{ lang?: string, port?: number, open: boolean, help: boolean }}
 * @throws {RangeError} that says what was given and what is expected
 */
export function parseOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options: { lang: { type: 'string' }, port: { type: 'string' }, open: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } } }));
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message.split('. ')[0] : String(error), { cause: error });
  }
  const { lang, port: text, open, help: wantsHelp } = values;
  if (lang !== undefined && !LANGUAGES.includes(lang)) throw new RangeError(`--lang ${lang}: there is no such language; choose ${LANGUAGES.join(' or ')}`);
  const port = text === undefined ? undefined : Number(text);
  if (port !== undefined && !(/^\d+$/.test(text ?? '') && port <= 65_535)) throw new RangeError(`--port ${text}: a port is a whole number from 0 to 65535`);
  return { lang, port, open, help: wantsHelp };
}

/**
 * What to print instead of starting: help, or what is wrong with the options.
 * @param {readonly string[]} args
 * @returns {{ text: string, exitCode: number } | undefined}
 */
export function check(args) {
  try {
    return parseOptions(args).help ? { text: help, exitCode: 0 } : undefined;
  } catch (error) {
    return { text: `${error instanceof Error ? error.message : String(error)}\nnpm start -- --help lists the options.\n`, exitCode: 2 };
  }
}
