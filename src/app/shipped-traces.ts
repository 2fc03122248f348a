import type { ShippedTrace } from '../scenarios/traces.ts';

/** The first view has only simulated machines. */
export const shippedTraces = async (): Promise<readonly ShippedTrace[]> =>
  (await import('../scenarios/traces.ts')).TRACES;
