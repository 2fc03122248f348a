import type { Knob } from '../../abi/knob.ts';

/** A knob of each kind, without repeating its kind. */
export const number = (knob: Omit<Extract<Knob, { kind: 'number' }>, 'kind'>): Knob => ({ kind: 'number', ...knob });
export const toggle = (knob: Omit<Extract<Knob, { kind: 'switch' }>, 'kind'>): Knob => ({ kind: 'switch', ...knob });
export const choice = (knob: Omit<Extract<Knob, { kind: 'choice' }>, 'kind'>): Knob => ({ kind: 'choice', ...knob });
