/** Whether two values say the same, all the way down: plain objects, arrays and typed arrays. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) || Array.isArray(a)) return isSameRow(a as ArrayLike<unknown>, b);
  if (ArrayBuffer.isView(b) || Array.isArray(b)) return false;
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]))
  );
}

function isSameRow(a: ArrayLike<unknown>, b: object): boolean {
  if (a.constructor !== b.constructor) return false;
  const other = b as ArrayLike<unknown>;
  if (a.length !== other.length) return false;
  if (isSameMemory(a, b)) return true;
  for (let i = 0; i < a.length; i++) {
    // Mostly numbers of a typed array: those need no call.
    if (a[i] !== other[i] && !isSame(a[i], other[i])) return false;
  }
  return true;
}

/** Two views of one stretch of memory, as when both are cut out of the same frame. */
const isSameMemory = (a: object, b: object): boolean =>
  ArrayBuffer.isView(a) && ArrayBuffer.isView(b) && a.buffer === b.buffer && a.byteOffset === b.byteOffset;
