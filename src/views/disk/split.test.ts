import { expect, test } from 'vitest';
import { RequestHistory } from '../../store/request-history.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawSplits } from './draw-split.ts';
import { partWords, splitOfRow, splitOfWindow, wholeOf } from './split.ts';
import { splitText } from './text.ts';

const palette = lookOf('dark', 1440);
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

test('a bar as long as the time, in three parts; nothing where there was no request', () => {
  const { ctx, calls } = recordingContext();
  const requests = history();
  drawSplits(ctx, { width: 100, height: 32 }, [splitOfRow(requests, 0), undefined], palette);
  const bars = calls.filter(({ name }) => name === 'fillRect').map(({ fillStyle, args }) => [fillStyle, ...args]);
  expect(bars).toEqual([
    [palette.free, 0, 4, 100, 8],
    [palette.text, 0, 4, 49, 8],
    [palette.task, 50, 4, 39, 8],
    [palette.line, 90, 4, expect.closeTo(7), 8],
    [palette.free, 0, 20, 100, 8],
  ]);
});

test('in one unit that fits the whole, and in a sentence', () => {
  expect(partWords(splitOfRow(history(), 1))).toEqual(['4', '5', '0.80 ms']);
  expect(partWords({ seekNs: 0.9e9, rotateNs: 0.25e9, transferNs: 10e6, otherNs: 0 })).toEqual([
    '0.90',
    '0.25',
    '0.01 s',
  ]);
  expect(splitText(history(), 20e6, 20e6)).toBe(
    'Of the last request: seek 4, rotate 5, transfer 0.80 ms; of all in that time: seek 9, rotate 9, transfer 1.60 ms.',
  );
  expect(splitText(new RequestHistory(), 20e6, 20e6)).toBe('No request has finished.');
});
