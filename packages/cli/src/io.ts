// What a command may touch of the world outside: its streams, its environment, its folder, and the wish to stop.
// The real process stands behind it in process-io.ts; tests bring their own.

/** A stream to write to; the fields of a terminal are absent on a pipe or a file. */
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
  /** Stops reading. */
  destroy?(): unknown;
}

export interface IO {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the user calls this command, for what to type next: `kk`, or `node packages/cli/bin/kk.js` in a clone. */
  readonly command: string;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  /** Aborted with an `Interrupted` when the command shall stop: Ctrl-C, SIGTERM, or nobody reads the output any more. */
  readonly interrupt: AbortSignal;
}
