// Processes to talk about: one that is gone, and one that runs until the test has ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { afterAll } from 'vitest';

const running: ReturnType<typeof spawn>[] = [];

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** The number of a process that has ended. */
export async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  return child.pid!;
}

/** The number of a process that runs. */
export async function livingProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', 'console.log(); setInterval(() => {}, 1e9)'], { stdio: ['ignore', 'pipe', 'ignore'] });
  running.push(child);
  await once(child.stdout!, 'data');
  return child.pid!;
}
