import type { MachineFrame } from '../../abi/frame.ts';
import type { TracedPart } from '../../abi/traced.ts';

/** Of these no kernel has an event: nothing can be enabled to see them. */
const NEVER: readonly TracedPart[] = ['stacks', 'map', 'files'];

/** Whether another recording could tell one of these. */
export const isRecordable = (parts: readonly TracedPart[]): boolean => parts.some((part) => !NEVER.includes(part));

type Frame = Pick<MachineFrame, 'traced'>;

/** What stands in place of these parts of a trace: a sentence for each that it does not tell; empty: it tells them all. */
export function absentText({ traced }: Frame, parts: readonly TracedPart[]): string {
  const sentences = new Set(parts.flatMap((part) => traced?.absent[part] ?? []));
  return [...sentences].join(' ');
}

/** The same where every one of these parts is left out, so that nothing can be shown. */
export const missingText = (frame: Frame, parts: readonly TracedPart[]): string =>
  parts.length > 0 && parts.every((part) => frame.traced?.absent[part] !== undefined) ? absentText(frame, parts) : '';
