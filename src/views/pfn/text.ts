import { type MapFrame, MIGRATE_TYPES } from '../../abi/look.ts';
import { countStates } from '../shared/cells.ts';
import { group } from '../shared/format.ts';
import { candidatesOf, freePages, heldPages, typeCounts } from './blocks.ts';

/** "9 of 16": pageblocks that may become a huge page. */
export function candidateWords(map: MapFrame): string {
  const { candidates, blocks } = candidatesOf(map);
  return `${group(candidates)} of ${group(blocks)}`;
}

/** "12 Movable, 3 Unmovable, 1 Reserve". */
export const typeWords = (map: MapFrame): string =>
  typeCounts(map)
    .map((count, type) => ({ count, name: MIGRATE_TYPES[type]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ count, name }) => `${group(count)} ${name}`)
    .join(', ');

/** "order 0: 120, order 3: 2": orders without a block are left out. */
export const freeWords = ({ freeBlocks }: Pick<MapFrame, 'freeBlocks'>): string =>
  freeBlocks
    .map((blocks, order) => (blocks === 0 ? '' : `order ${order}: ${group(blocks)}`))
    .filter((words) => words !== '')
    .join(', ') || 'none';

/** "3 huge pages got". */
export const hugeWords = ({ hugePages }: Pick<MapFrame, 'hugePages'>): string =>
  `${group(hugePages)} huge ${hugePages === 1 ? 'page' : 'pages'} got`;

export function mapText(map: MapFrame): string {
  const { clean, dirty, writeback } = countStates(map.cells);
  const { kernel, huge } = heldPages(map);
  const { least } = candidatesOf(map);
  const nearest =
    least === undefined ? '' : ` The nearest lacks ${group(least)} of ${group(2 ** map.pageblockOrder)} pages.`;
  return `${group(map.cells.length)} pages by frame number: ${group(freePages(map.freeBlocks))} free, ${group(clean)} clean, ${group(dirty)} dirty, ${group(writeback)} being written, ${group(kernel)} held by the kernel, ${group(huge)} in huge pages. Pageblocks: ${typeWords(map)}. Free blocks: ${freeWords(map)}. ${candidateWords(map)} pageblocks hold nothing of the kernel and could become huge pages.${nearest} ${hugeWords(map)}.`;
}
