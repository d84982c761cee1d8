import { describe, expect, it } from 'vitest';
import { Failure, Interrupted, isOutOfSpace, reportError, UsageError } from '../src/errors.js';

const systemError = (code: string, path?: string): Error => Object.assign(new Error(`${code}: something, open '${path}'`), { code, path });

describe('reportError', () => {
  it('has an exit code for each kind of end', () => {
    expect(reportError(new UsageError('wrong option'))).toEqual({ lines: ['kk: wrong option'], exitCode: 2 });
    expect(reportError(new Failure('no text', 'Give one.'))).toEqual({ lines: ['kk: no text', '    Give one.'], exitCode: 1 });
    expect(reportError(new RangeError('too long'))).toEqual({ lines: ['kk: too long'], exitCode: 1 });
    expect(reportError(new Interrupted('Stopped.'))).toEqual({ lines: ['kk: Stopped.'], exitCode: 130 });
    expect(reportError(new Interrupted('', 0))).toEqual({ lines: [], exitCode: 0 });
  });

  it('is one line, whatever the message', () => {
    expect(reportError(new Error('first\n  second\r\nthird')).lines).toEqual(['kk: first second third']);
    expect(reportError('thrown text').lines).toEqual(['kk: thrown text']);
  });

  it('says system errors in words', () => {
    expect(reportError(systemError('ENOENT', '/a/b')).lines).toEqual(['kk: /a/b: there is no such file or folder.']);
    expect(reportError(systemError('ENOSPC')).lines).toEqual(['kk: The disk is full.']);
    expect(reportError(systemError('EWEIRD', '/a')).lines).toEqual([`kk: EWEIRD: something, open '/a'`]);
  });

  it('shows where it happened on demand, causes included', () => {
    const report = reportError(new Failure('outer', undefined, { cause: new Error('inner') }), { debug: true });
    expect(report.lines.join('\n')).toContain('errors.test.ts');
    expect(report.lines.join('\n')).toContain('caused by Error: inner');
  });

  it('finds a full disk behind other errors', () => {
    expect(isOutOfSpace(new Error('saving failed', { cause: systemError('ENOSPC') }))).toBe(true);
    expect(isOutOfSpace(systemError('EACCES'))).toBe(false);
    expect(isOutOfSpace('ENOSPC')).toBe(false);
  });
});
