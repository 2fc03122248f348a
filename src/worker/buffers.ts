import type { Advance } from '../abi/protocol.ts';

/** The memory behind an answer, to be handed over instead of copied; each buffer once, or the browser refuses. */
export function buffersOf({ frame, requests, samples, stalls }: Advance): ArrayBuffer[] {
  const columns: ArrayBufferView[] = [
    frame.cells,
    frame.lens.cells,
    frame.metrics,
    ...[frame.disk, ...frame.moreDisks].flatMap(viewsIn),
    ...frame.found.flatMap(viewsIn),
    ...(frame.map ? viewsIn(frame.map) : []),
  ];
  for (const part of [requests, samples, stalls]) columns.push(...viewsIn(part));
  return memoryOf(columns);
}

/** The same of a plain record of columns. */
export const columnBuffers = (record: object): ArrayBuffer[] => memoryOf(viewsIn(record));

function memoryOf(columns: readonly ArrayBufferView[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of columns) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  return [...buffers];
}

const viewsIn = (record: object): ArrayBufferView[] =>
  Object.values(record).filter((value) => ArrayBuffer.isView(value));
