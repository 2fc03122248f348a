import { METRIC_INDEX, type MetricName } from '../../abi/metrics.ts';
import type { Advance } from '../../abi/protocol.ts';
import { traceOf } from '../recorded.test-double.ts';
import { TracedMachine } from './traced-machine.ts';

/** An event line of ftrace, so many microseconds after the first second. */
export const line = (task: string, us: number, event: string, cpu = 0): string =>
  ` ${task.padStart(20)} [${String(cpu).padStart(3, '0')}] ..... ${(1 + us / 1e6).toFixed(6)}: ${event}`;

/** Time 0 of the machine is the first line's. */
export const machineOf = (...lines: readonly string[]): TracedMachine =>
  new TracedMachine('lines.txt', traceOf(...lines).table);

export function at(machine: TracedMachine, us: number): Advance {
  machine.seek(us * 1000);
  return machine.takeAdvance();
}

export const figure = ({ frame }: Advance, name: MetricName): number => frame.metrics[METRIC_INDEX[name]]!;
