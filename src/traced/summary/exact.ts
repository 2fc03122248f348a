import type { TraceValues } from '../../abi/trace-table.ts';

/** A whole number to the last digit: a double while it fits one, else a bigint. */
export type Exact = number | bigint;

const narrow = (value: bigint): Exact => {
  const double = Number(value);
  return Number.isSafeInteger(double) ? double : value;
};

export const plus = (left: Exact, right: Exact): Exact => {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return narrow(BigInt(left) + BigInt(right));
};

/** |left − right|. */
export const distance = (left: Exact, right: Exact): Exact => {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = Math.abs(left - right);
    if (Number.isSafeInteger(difference)) return difference;
  }
  const difference = BigInt(left) - BigInt(right);
  return narrow(difference < 0n ? -difference : difference);
};

/** A number field of a row; 0 where the shape has no such field, or a text in its place. */
export function exactOf(values: TraceValues, row: number, field: number): Exact {
  const double = values.number(row, field);
  if (Number.isSafeInteger(double)) return double;
  return Number.isNaN(double) ? 0 : narrow(values.integer(row, field));
}
