import { expect, test } from 'vitest';
import { describeError, ok } from '../abi/errors.ts';
import { contain } from './contain.ts';

const at = () => ({ atNs: 2.5e9, seed: 7, hash: () => 'abc' });
const fails = (cause: unknown, where = at) =>
  contain(() => {
    throw cause;
  }, where);
const sentence = (cause: unknown) => {
  const result = fails(cause);
  return result.ok ? 'ok' : describeError(result.error);
};

test('an answer is handed through', () => {
  expect(contain(() => ok(3), at)).toEqual(ok(3));
});

test('what is thrown becomes a value with time, seed and hash', () => {
  expect(fails(new Error('I5 is broken'))).toEqual({
    ok: false,
    error: { kind: 'engine-bug', message: 'I5 is broken', atNs: 2.5e9, seed: 7, hash: 'abc' },
  });
  const unreadable = () => ({
    ...at(),
    hash: () => {
      throw new Error('no');
    },
  });
  expect(fails('text', unreadable)).toMatchObject({ error: { message: 'text', hash: 'unreadable' } });
});

test('memory that the browser does not give is said to be that, whichever browser says it', () => {
  for (const said of [
    'Array buffer allocation failed',
    'Invalid array buffer length: out of memory',
    "can't allocate array",
  ]) {
    expect(fails(new RangeError(said))).toMatchObject({ error: { kind: 'out-of-memory' } });
  }
  expect(sentence(new RangeError('Array buffer allocation failed'))).toBe(
    'The browser has no memory left for the machines, at 2.500 s: Array buffer allocation failed. A smaller machine.memory_mib needs less, and so does closing other tabs.',
  );
  expect(fails(new RangeError('toFixed() digits argument must be between 0 and 100'))).toMatchObject({
    error: { kind: 'engine-bug' },
  });
});

test('a real allocation that is refused is recognised', () => {
  const result = contain(() => ok(new Float64Array(2 ** 33)), at);
  expect(result).toMatchObject({ ok: false });
});
