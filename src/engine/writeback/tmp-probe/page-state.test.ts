import { test } from 'vitest'; import * as x from '../../machine/page-state.ts'; test('x', () => { console.log(Object.keys(x).length); });
