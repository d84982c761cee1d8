// The kinds of errors and how they are reported: one line on stderr, a hint if there is a remedy, and the exit code.

import { systemReason } from '@kk/whole-file';
import { printable } from './terminal/text.js';

export const exitCodes = { success: 0, failure: 1, usage: 2, interrupted: 130 } as const;

/** A command to copy, below a message. */
export interface NextCommand {
  /** For example `Go on with it:` */
  about: string;
  command: string;
}

/** The command line itself is wrong. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(message: string, readonly hint?: string) {
    super(message);
  }
}

/** An expected failure with a remedy. Exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly next: NextCommand | undefined;
  constructor(message: string, readonly hint?: string, { next, ...options }: ErrorOptions & { next?: NextCommand } = {}) {
    super(message, options);
    this.next = next;
  }
}

/** The command was stopped. If `message` is empty, nothing is printed. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(message = '', readonly exitCode: number = exitCodes.interrupted, readonly next?: NextCommand) {
    super(message);
  }
}

/** The text for stderr, and the exit code. */
export interface ErrorReport {
  lines: string[];
  /** What to do next, where that is one command. */
  next?: NextCommand;
  exitCode: number;
}

export interface ReportOptions {
  /** Include the stack trace. */
  debug?: boolean;
  /** How the user runs kk: hints name verbs by it. */
  command?: string;
}

/** Converts an error to the report that the user sees. */
export function reportError(error: unknown, { debug = false, command = 'kk' }: ReportOptions = {}): ErrorReport {
  if (error instanceof Interrupted) return { lines: error.message ? [`kk: ${oneLine(error.message)}`] : [], ...nextOf(error), exitCode: error.exitCode };
  const lines = [`kk: ${oneLine(describe(error))}`];
  if ((error instanceof UsageError || error instanceof Failure) && error.hint) lines.push(`    ${oneLine(error.hint.replace(/(?<![^\s(:])kk(?= [a-z])/g, () => command))}`);
  if (debug) lines.push(stackOf(error));
  return { lines, ...(error instanceof Failure ? nextOf(error) : {}), exitCode: error instanceof UsageError ? exitCodes.usage : exitCodes.failure };
}

const nextOf = ({ next }: Failure | Interrupted): Pick<ErrorReport, 'next'> => (next ? { next } : {});

/** What messages of the packages advise that is an option of their functions and none of the command. */
const CODE_REMEDIES = [/, or with an unknownToken(?=\.)/, /, or with unknowns: true$/, /, or read it with invalidText: 'replace'$/, /\. Of a file without this line, say the width$/];
/** Functions and classes of the packages with which their messages begin. */
const CODE_OWNER = /^(?:TuningRows|PreferenceRows|RatedRows|(?:Supervised|Preference|Kto|Reward|Group|Ppo)Tuning|addLora|(?:reward|kto|preference)Task|(?:kto|dpo|orpo|simpo|bradleyTerry|grpo|ppo)Loss): (?=\S)/;
/** What messages of the packages advise, as the command says it. */
const AS_OPTIONS = [[/ chatMLTemplate\b/g, ' --template chatml'], [/\btruncation 'left'/g, '--truncation left']] as const;

/** The message of an error; codes of the operating system are replaced by words, and remedies in code are left out. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { path } = error as NodeJS.ErrnoException;
  const reason = systemReason(error);
  if (reason !== undefined) return path === undefined ? `${capital(reason)}.` : `${path}: ${reason}.`;
  const without = CODE_REMEDIES.reduce((message, remedy) => message.replace(remedy, ''), error.message.replace(CODE_OWNER, ''));
  return AS_OPTIONS.reduce((message, [code, option]) => message.replace(code, option), without) || error.name;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Whether the error means that the disk or quota is full. */
export function isOutOfSpace(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') return true;
  }
  return false;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\ncaused by ${stackOf(error.cause)}`;
}

/** Names of files and texts in a message may hold control characters. */
const oneLine = (text: string): string => printable(text.replace(/\s*[\r\n]+\s*/g, ' ').trim());
