import type { Advance } from '../abi/protocol.ts';

/** The memory behind an answer, to be handed over instead of copied; each buffer once, or the browser refuses. */
export function buffersOf({ frame, requests, samples }: Advance): ArrayBuffer[] {
  const columns: ArrayBufferView[] = [
    frame.cells,
    frame.lens.cells,
    frame.metrics,
    ...[frame.disk, ...frame.moreDisks].flatMap((disk) => [disk.queueSector, disk.queueSectors, disk.queueWrite]),
  ];
  for (const part of [requests, samples]) {
    for (const column of Object.values(part)) if (ArrayBuffer.isView(column)) columns.push(column);
  }
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of columns) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  return [...buffers];
}
