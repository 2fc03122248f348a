import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SvgContext } from './svg-context.ts';

const letters = { font: '', measureText: (text: string) => ({ width: text.length * 7 }) as TextMetrics };
const sheet = () => new SvgContext(letters, () => 'data:,x');

test('it knows every call that a view draws with', () => {
  const views = join(import.meta.dirname, '../../views');
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!test)\.tsx?$/.test(file),
  );
  const known = sheet();
  const unknown = files.flatMap((file) =>
    [...readFileSync(join(views, file), 'utf8').matchAll(/\bctx\.(\w+)/g)]
      .map(([, name]) => name!)
      .filter((name) => !(name in known))
      .map((name) => `${file}: ${name}`),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(unknown).toEqual([]);
});

test('boxes, lines and letters keep colour, place and transparency', () => {
  const ctx = sheet();
  ctx.fillStyle = '#123456';
  ctx.translate(10, 5);
  ctx.fillRect(1, 2, 3, 4);
  ctx.globalAlpha = 0.5;
  ctx.setLineDash([4, 2]);
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(7, 8.126);
  ctx.stroke();
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillText('a < b', 3, 4);
  const svg = ctx.toSvg(100, 50);
  expect(svg).toContain('<rect x="1" y="2" width="3" height="4" fill="#123456" transform="translate(10 5)"/>');
  expect(svg).toContain('<path d="M0 0L7 8.13" fill="none" stroke="#000000" stroke-width="1" stroke-dasharray="4 2"');
  expect(svg).toContain('opacity="0.5"');
  expect(svg).toContain('text-anchor="end"');
  expect(svg).toContain('a &#60; b</text>');
});

test('a clip stands around what is drawn within it, and ends with restore', () => {
  const ctx = sheet();
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, 5, 5);
  ctx.clip();
  ctx.fillRect(0, 0, 9, 9);
  ctx.fillRect(1, 1, 9, 9);
  ctx.restore();
  ctx.fillRect(2, 2, 9, 9);
  const lines = ctx.toSvg(10, 10).split('\n');
  const order = lines.map((line) => /^<(\/?\w+)/.exec(line)?.[1]).filter(Boolean);
  expect(order).toEqual(['svg', 'defs', 'g', 'rect', 'rect', '/g', 'rect', '/svg']);
});

test('save and restore keep transform, dash and styles; a whole circle is drawn', () => {
  const ctx = sheet();
  ctx.save();
  ctx.scale(2, 2);
  ctx.setLineDash([1]);
  ctx.strokeStyle = '#fff';
  ctx.restore();
  ctx.beginPath();
  ctx.arc(5, 5, 2, 0, 2 * Math.PI);
  ctx.stroke();
  expect(ctx.toSvg(10, 10)).toContain(
    '<path d="M7 5A2 2 0 0 1 3 5A2 2 0 0 1 7 5" fill="none" stroke="#000000" stroke-width="1"/>',
  );
});

test('letters keep their width in any font; wider ones than their room are squeezed into it, as a canvas does', () => {
  const ctx = sheet();
  ctx.fillText('data-1', 0, 0, 100);
  ctx.fillText('a long name', 0, 0, 50);
  const [whole, squeezed] = ctx
    .toSvg(10, 10)
    .split('\n')
    .filter((line) => line.startsWith('<text'));
  expect(whole).toContain('textLength="42"');
  expect(squeezed).toContain('textLength="50"');
});
