// Which process is meant, also after its number was given to another one: a process is its number and the time when it started.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import process from 'node:process';
import { promisify } from 'node:util';

export interface ProcessIdentity {
  /** Six letters that stand for the machine, or for the container. */
  readonly host: string;
  readonly pid: number;
  /** Six letters that stand for the time when the process started; empty where the system does not tell. */
  readonly start: string;
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 6);

export const thisHost = (): string => shortHash(hostname());

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return { host: thisHost(), pid: process.pid, start: (await startOf(process.pid)) ?? '' };
}

/**
 * Whether the process still runs. A process of another machine cannot be looked at from here, so it counts as running.
 * A stopped process (Ctrl-Z) runs; this is why nothing here counts heartbeats.
 */
export async function isRunning({ host, pid, start }: ProcessIdentity): Promise<boolean> {
  if (host !== thisHost()) return true;
  try {
    process.kill(pid, 0); // signal 0 only asks
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && isSameStart(start, await startOf(pid)); // EPERM: it runs as another user
  }
  return isSameStart(start, await startOf(pid));
}

/** Where one of the two is not known, the number alone has to do. */
const isSameStart = (expected: string, found: string | undefined): boolean => expected === '' || found === undefined || found === expected;

/** Undefined where the system does not tell, as on Windows. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') return shortHash(startInProc(await readFile(`/proc/${pid}/stat`, 'latin1'), await readFile('/proc/sys/kernel/random/boot_id', 'latin1')));
    if (process.platform === 'win32') return undefined;
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } });
    return shortHash(stdout.trim());
  } catch {
    return undefined;
  }
}

/** Field 22 of proc_pid_stat(5), the start in clock ticks after the boot, and which boot that was. The second field, the name, may hold blanks. */
function startInProc(stat: string, bootId: string): string {
  const fieldsAfterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return `${fieldsAfterName[22 - 3]} ${bootId.trim()}`;
}
