/**
 * What each scene's machines come to after `untilS` seconds, as a hash: the same in Node, Chromium and Firefox (decision 3).
 * A change here is a change of the model's behaviour and wants its reason. Renewed by
 * `RENEW_GOLDEN=1 npx vitest run src/engine/golden.test.ts`; looked at with
 * `npm run -s sim -- <scene> --until <untilS> --format json`.
 */
export interface Golden {
  readonly untilS: number;
  readonly A: string;
  readonly B: string;
}

export const GOLDEN: Readonly<Record<string, Golden>> = {
  'seeky-vs-range': { untilS: 10, A: '5885fdfdc9ffe509', B: 'cf75c7e0ac484a5d' },
  'dd-stream': { untilS: 5, A: '9486036bf1395459', B: '1854965f4f9c5632' },
  reader: { untilS: 33, A: '41753ed21e72e82f', B: '8c36f315e475f880' },
  'memcg-dd': { untilS: 3, A: 'ee060313766d039f', B: 'd3a3a3a73e699980' },
  'memcg-busy': { untilS: 5, A: '5ca0b30b4271754e', B: '4fce3b5489e801a2' },
  'memcg-anon': { untilS: 5, A: 'a4cdd2ffe611ff97', B: '0d77169a7a713627' },
  'memcg-build': { untilS: 5, A: '5bbbd32b56e46af1', B: '85a8dc12c39b3ad0' },
  'lock-cycle': { untilS: 5, A: 'ed15798f14f9a410', B: '2dbfc293007f30e8' },
  'lock-inversion': { untilS: 10, A: '375994724b4d8361', B: '789737106fe6064b' },
  flushforward: { untilS: 14, A: '69a51999ff3a3f9a', B: '98caad8aaa131f8c' },
  'simple-writeback': { untilS: 3, A: 'c555e446b28299aa', B: '58a7f55162b6551d' },
  sysbench: { untilS: 20, A: 'f9a1833c2ed4badd', B: 'ff37f746a8afa3d1' },
  'database-fsync': { untilS: 20, A: '822876e655ad5239', B: 'f690d40d0a3c2b15' },
  'mapped-stream': { untilS: 6, A: 'bdc91e44dad6697b', B: '0c0f42037fa850e2' },
  'anon-burst': { untilS: 8, A: '86cdae459f7a9500', B: 'e22088697144dfdd' },
  'kernel-build': { untilS: 4, A: '17d6a68f1c7382c7', B: 'd95e77d52daa2e07' },
  'refusing-filesystem': { untilS: 16, A: '9a245fe4d5399762', B: 'e88309c6c32a6910' },
  'stack-splice': { untilS: 14, A: 'f7ddcfbf7d36e5cf', B: 'd92cc89ef94a9da0' },
  'huge-pages': { untilS: 22, A: 'b6c6de7aed901ff8', B: '3f812eeedb24c3d0' },
  recorded: { untilS: 10, A: '6e69839c238914ee', B: '64b9f9957b24407b' },
};
