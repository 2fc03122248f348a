import { err, type Result } from '../abi/errors.ts';

interface Job {
  readonly run: () => Promise<Result<unknown>>;
  readonly giveUp: () => void;
}

const GIVEN_UP = err({ kind: 'bad-input', where: 'run', message: 'something else came first' });

/** What was asked for and has not begun, in its order. Everything is answered, also what is dropped. */
export class JobLine {
  private jobs: Job[] = [];

  get isEmpty(): boolean {
    return this.jobs.length === 0;
  }

  add<T>(job: () => Promise<Result<T>>): Promise<Result<T>> {
    return new Promise((resolve) => {
      const run = async () => {
        const done = await job();
        resolve(done);
        return done;
      };
      this.jobs.push({ run, giveUp: () => resolve(GIVEN_UP) });
    });
  }

  next(): (() => Promise<Result<unknown>>) | undefined {
    return this.jobs.shift()?.run;
  }

  drop(): void {
    for (const { giveUp } of this.jobs.splice(0)) giveUp();
  }
}
