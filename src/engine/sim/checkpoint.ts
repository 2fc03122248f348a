/**
 * A checkpoint is a copy of the machine's record, equivalent to structuredClone of it. Typed arrays are copied into
 * the spare's own buffers where the spare has them in the same size: that is what makes it cheap.
 */
export type Plain = number | string | boolean | undefined | null | TypedArray | Plain[] | { [key: string]: Plain };
export type TypedArray = Uint8Array | Uint16Array | Int16Array | Int32Array | Uint32Array | Float64Array | Float32Array;

export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** A deep copy of plain data; `spare` is an earlier copy whose buffers may be overwritten. */
export function copyState<T>(value: T, spare?: unknown): T {
  if (typeof value !== 'object' || value === null) return value;
  if (isTypedArray(value)) return copyTyped(value, spare) as T;
  if (Array.isArray(value)) {
    const spares = Array.isArray(spare) ? spare : [];
    return value.map((item, at) => copyState(item, spares[at])) as T;
  }
  const spares = typeof spare === 'object' && spare !== null ? (spare as Record<string, unknown>) : {};
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copyState(value[key], spares[key]);
  return copy as T;
}

function copyTyped(value: TypedArray, spare: unknown): TypedArray {
  if (isTypedArray(spare) && spare.constructor === value.constructor && spare.length === value.length) {
    spare.set(value as never);
    return spare;
  }
  return value.slice();
}

/** Bytes a checkpoint holds in typed arrays: what the memory budget is counted in. */
export function stateBytes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (isTypedArray(value)) return value.byteLength;
  let sum = 0;
  for (const item of Object.values(value)) sum += stateBytes(item);
  return sum;
}
