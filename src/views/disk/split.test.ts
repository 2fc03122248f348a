import { expect, test } from 'vitest';
import { RequestHistory } from '../../store/request-history.ts';
import { partWords, shareWords, splitOfRow, splitOfWindow, toldRow, wholeOf } from './split.ts';
import { splitText } from './text.ts';

const ms = (...values: readonly number[]) => Float64Array.from(values, (value) => value * 1e6);

/** Two requests of 10 ms, and one that came straight after the last sector. */
function history(): RequestHistory {
  const requests = new RequestHistory();
  requests.append({
    disk: new Uint8Array(3),
    startNs: ms(0, 10, 20),
    endNs: ms(10, 20, 20.4),
    sector: Float64Array.of(0, 8000, 8008),
    sectors: Int32Array.of(8, 8, 8),
    write: Uint8Array.of(1, 1, 1),
    by: new Uint8Array(3),
    seekNs: ms(5, 4, 0),
    rotateNs: ms(4, 5, 0),
    transferNs: ms(0.8, 0.8, 0.25),
  });
  return requests;
}

test('the parts of a request and its command overhead are its time in the drive', () => {
  const requests = history();
  expect(splitOfRow(requests, 0)).toEqual({ seekNs: 5e6, rotateNs: 4e6, transferNs: 0.8e6, otherNs: 0.2e6 });
  for (const row of [0, 1, 2])
    expect(wholeOf(splitOfRow(requests, row))).toBe(requests.columns.endNs[row]! - requests.columns.startNs[row]!);
});

test('summed over the window: what ended before it or after now is not in it', () => {
  const requests = history();
  expect(splitOfWindow(requests, 20e6, 20e6)).toMatchObject({ seekNs: 9e6, rotateNs: 9e6, transferNs: 1.6e6 });
  expect(splitOfWindow(requests, 20.4e6, 5e6)).toMatchObject({ seekNs: 4e6, rotateNs: 5e6 });
  expect(wholeOf(splitOfWindow(requests, 5e6, 5e6))).toBe(0);
});

test('under the pointer comes before pinned, and that before the last; of this machine and of the past alone', () => {
  const requests = history();
  const at = (row: number, machine: 'A' | 'B' = 'A') =>
    ({ kind: 'request', machine, disk: 0, sector: [0, 8000, 8008][row]!, sectors: 8, startNs: row * 10e6 }) as const;
  const told = (...things: [Parameters<typeof toldRow>[3], Parameters<typeof toldRow>[4]]) =>
    toldRow(requests, 20e6, 'A', ...things);
  expect(told(at(0), at(1))).toEqual({ row: 0, which: 'this one' });
  expect(told({ kind: 'task', id: 1 }, at(0))).toEqual({ row: 0, which: 'pinned' });
  expect(told(at(0, 'B'), undefined)).toEqual({ row: 1, which: 'last one' });
  expect(told(at(2), undefined)).toEqual({ row: 1, which: 'last one' }); // it has not ended by then
  expect(told({ ...at(0), startNs: -1 }, undefined)).toEqual({ row: 1, which: 'last one' });
  expect(toldRow(requests, 5e6, 'A', undefined, undefined)).toBeUndefined();
});

test('in ms, in percent, and in a sentence', () => {
  expect(partWords(splitOfRow(history(), 1))).toEqual(['4', '5', '0.80', '0.20']);
  expect(shareWords(splitOfRow(history(), 1))).toEqual(['40\u2009%', '50\u2009%', '8\u2009%', '2\u2009%']);
  expect(shareWords(splitOfWindow(new RequestHistory(), 1, 1))).toEqual(['–', '–', '–', '–']);
  expect(splitText(history(), 20e6, 20e6)).toBe(
    'Of the last request: seek 4, rotate 5, transfer 0.80, command 0.20 ms; of all in that time: seek 45\u2009%, rotate 45\u2009%, transfer 8\u2009%, command 2\u2009%.',
  );
  expect(splitText(history(), 20.2e6, 1)).not.toContain('in that time');
  expect(splitText(new RequestHistory(), 20e6, 20e6)).toBe('No request has finished.');
});
