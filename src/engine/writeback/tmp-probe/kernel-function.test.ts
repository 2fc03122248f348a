import { test } from 'vitest'; import * as x from '../../machine/kernel-function.ts'; test('x', () => { console.log(Object.keys(x).length); });
