/**
 * sfc32 over four 32-bit words that live in the machine: integers only, so every browser draws the same numbers.
 * Each workload task owns a stream, so that a change of policy never changes what a task asks for (E36).
 */
export interface PrngState {
  a: number;
  b: number;
  c: number;
  counter: number;
}

/** Stream number `stream` of a seed; different streams of one seed are unrelated. */
export function createPrng(seed: number, stream: number): PrngState {
  const state = { a: seed | 0, b: stream | 0, c: 0x9e3779b9 | 0, counter: 1 };
  for (let round = 0; round < 15; round++) nextU32(state);
  return state;
}

export function nextU32(state: PrngState): number {
  const sum = (((state.a + state.b) | 0) + state.counter) | 0;
  state.counter = (state.counter + 1) | 0;
  state.a = state.b ^ (state.b >>> 9);
  state.b = (state.c + (state.c << 3)) | 0;
  state.c = (((state.c << 21) | (state.c >>> 11)) + sum) | 0;
  return sum >>> 0;
}

/** A whole number from 0 to `bound` - 1; bound up to 2^21 keeps the product exact. */
export function below(state: PrngState, bound: number): number {
  return Math.floor((nextU32(state) * bound) / 4294967296);
}

/** 0, 1, … count - 1 in random order (Fisher–Yates). */
export function shuffled(state: PrngState, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let last = count - 1; last > 0; last--) {
    const other = below(state, last + 1);
    const held = order[last]!;
    order[last] = order[other]!;
    order[other] = held;
  }
  return order;
}
