import type { WhatIf } from '../../abi/what-if.ts';
import type { Look } from '../shared/look.ts';
import type { CssSize } from '../shared/use-canvas.ts';

/** Room between the picture's edge and its first and last dot. */
const MARGIN_PX = 4;

/** LBA over time since the decision: reads in grey, writes in the colour of a page being written, joined as the head went. */
export function drawWhatIf(
  ctx: CanvasRenderingContext2D,
  { width, height }: CssSize,
  run: WhatIf,
  palette: Look,
): void {
  const { requests, fromNs, untilNs, totalSectors } = run;
  const xOf = (ns: number) => MARGIN_PX + ((ns - fromNs) / (untilNs - fromNs)) * (width - 2 * MARGIN_PX);
  const yOf = (sector: number) => MARGIN_PX + (sector / totalSectors) * (height - 2 * MARGIN_PX);
  ctx.fillStyle = palette.sunken;
  ctx.fillRect(0, 0, width, height);
  ctx.strokeStyle = palette.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let row = 0; row < requests.endNs.length; row++) {
    const x = xOf(requests.endNs[row]!);
    const y = yOf(requests.sector[row]!);
    if (row === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
  ctx.stroke();
  for (let row = 0; row < requests.endNs.length; row++) {
    const tall = Math.max(2, (requests.sectors[row]! / totalSectors) * (height - 2 * MARGIN_PX));
    ctx.fillStyle = requests.write[row] === 1 ? palette.writeback : palette.task;
    ctx.fillRect(xOf(requests.endNs[row]!) - 1, yOf(requests.sector[row]!) - 1, 2, tall);
  }
}
