// The interface between a command and its surroundings: streams, environment, current folder, and the signal to stop. process-io.ts
// connects it to the real process; tests use their own.

/** An output stream. A pipe or a file lacks the fields of a terminal. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Width in characters. */
  readonly columns?: number;
  /** Height in lines. */
  readonly rows?: number;
}

export interface Input extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean;
  /** Of a terminal: whether each key arrives at once and unseen, Ctrl-C among them. */
  setRawMode?(raw: boolean): unknown;
  /** Stops reading. */
  destroy?(): unknown;
}

export interface IO {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the user calls this command, for suggested commands: `kk`, or `node packages/cli/bin/kk.js` in a clone. */
  readonly command: string;
  /** The current folder, the base of relative paths. */
  readonly cwd: string;
  /** Aborted with an `Interrupted` when the command must stop: Ctrl-C, SIGTERM, or nobody reads the output any more. */
  readonly interrupt: AbortSignal;
}
