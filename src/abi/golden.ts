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
  'seeky-vs-range': { untilS: 10, A: '7f7460d417d3c88c', B: '2f2fbef080b8246c' },
  'dd-stream': { untilS: 5, A: 'bff87bdb4d61e9a5', B: '10871d641a3b8c2a' },
  reader: { untilS: 33, A: 'd8d62d377783398c', B: 'ce6944b2de445bae' },
  'memcg-dd': { untilS: 3, A: '93575ac8278e81c3', B: 'c373957e8603aaee' },
  'lock-cycle': { untilS: 5, A: '027a46f6d3e54e08', B: 'f2b1ada5234bcb29' },
  recorded: { untilS: 10, A: '943f8c32bfba98a1', B: 'cd3a999b72db889b' },
};
