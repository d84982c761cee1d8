// A new empty folder for each test, gone after the file.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const root = mkdtempSync(join(realpathSync(tmpdir()), 'kk-whole-file-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

export const newFolder = (): string => mkdtempSync(join(root, 'x'));
