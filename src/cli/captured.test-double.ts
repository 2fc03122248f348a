import { afterEach, beforeEach, vi } from 'vitest';

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

/** Runs a command of this folder within the test's process: loaded afresh, what it prints is caught. */
export function captured(load: (run: number) => Promise<unknown>): (...args: string[]) => Promise<Answer> {
  let out = '';
  let errors = '';
  let runs = 0;
  const { argv } = process;
  beforeEach(() => {
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += text;
      return true;
    });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      errors += text;
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.argv = argv;
    process.exitCode = undefined;
  });
  return async (...args) => {
    out = '';
    errors = '';
    process.argv = [process.execPath, 'command', ...args];
    process.exitCode = undefined;
    await load(runs++);
    const code = Number(process.exitCode ?? -1);
    process.exitCode = undefined;
    return { code, out, errors };
  };
}
