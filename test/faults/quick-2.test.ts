import { QUICK } from './all.ts';
import { testPairs } from './pair-tests.ts';

testPairs(QUICK.filter((_, i) => i % 2 === 1));
