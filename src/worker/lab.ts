import { type Endpoint, proxy, wrap } from 'comlink';
import { err, type Result } from '../abi/errors.ts';
import type { Lab, LabAnswer, LabAsk, LabJobId, LabOptions } from '../abi/lab.ts';
import type { LabFacade } from './lab.worker.ts';

/** What of a Worker is used here, so that a test can hand in a port. */
export interface LabWorker extends Endpoint {
  terminate(): void;
}

/** The two machines on screen have a core each; the others are the lab's. */
const WORKERS_MAX = 6;
const workersHere = (): number => Math.max(1, Math.min(WORKERS_MAX, navigator.hardwareConcurrency - 1));

const startWorker = (): LabWorker =>
  new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name: 'lab' });

interface Bench {
  readonly worker: LabWorker;
  readonly remote: ReturnType<typeof wrap<LabFacade>>;
}

/** Workers are started when first needed and kept; cancelling a job ends its worker, for a job runs in one piece. */
export class LabPool implements Lab {
  readonly workers: number;
  private readonly start: () => LabWorker;
  private readonly idle: Bench[] = [];
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  constructor(start: () => LabWorker = startWorker, workers: number = workersHere()) {
    this.start = start;
    this.workers = workers;
  }

  async run<Id extends LabJobId>(id: Id, ask: LabAsk<Id>, options: LabOptions = {}): Promise<Result<LabAnswer<Id>>> {
    const cancelled = err({ kind: 'bad-input', where: id, message: 'cancelled' });
    if (this.busy >= this.workers) await this.turn(options.signal);
    if (options.signal?.aborted) {
      this.next();
      return cancelled;
    }
    this.busy++;
    const bench = this.idle.pop() ?? this.open();
    const answer = await this.take(bench, id, ask, options);
    this.busy--;
    if (answer === undefined) bench.worker.terminate();
    else this.idle.push(bench);
    this.next();
    return answer ?? (options.signal?.aborted ? cancelled : lost(id));
  }

  /** Undefined: the worker is gone or was ended in the middle of it. */
  private take<Id extends LabJobId>(
    { worker, remote }: Bench,
    id: Id,
    ask: LabAsk<Id>,
    { recording, onProgress, onChunk, signal }: LabOptions,
  ): Promise<Result<LabAnswer<Id>> | undefined> {
    return new Promise((resolve) => {
      const giveUp = () => resolve(undefined);
      signal?.addEventListener('abort', giveUp, { once: true });
      worker.addEventListener('error', giveUp);
      const report = proxy((done: number) => onProgress?.(done));
      const write = proxy((text: string) => onChunk?.(text));
      (remote.run(id, ask, recording, report, write) as Promise<Result<LabAnswer<Id>>>)
        .then(resolve, giveUp)
        .finally(() => {
          signal?.removeEventListener('abort', giveUp);
          worker.removeEventListener('error', giveUp);
        });
    });
  }

  private open(): Bench {
    const worker = this.start();
    return { worker, remote: wrap<LabFacade>(worker) };
  }

  /** Waits in line; one who was cancelled there is called at once and gives the turn on. */
  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      signal?.addEventListener(
        'abort',
        () => {
          const at = this.waiting.indexOf(resolve);
          if (at >= 0) this.waiting.splice(at, 1);
          resolve();
        },
        { once: true },
      );
    });
  }

  private next(): void {
    if (this.busy < this.workers) this.waiting.shift()?.();
  }
}

const lost = (id: LabJobId): Result<never> =>
  err({ kind: 'worker-lost', machine: `lab (${id})`, message: 'its thread ended' });
