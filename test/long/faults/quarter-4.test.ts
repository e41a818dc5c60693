import { PAIRS } from '../../faults/all.ts';
import { testPairs } from '../../faults/pair-tests.ts';

testPairs(PAIRS.filter((_, i) => i % 4 === 3));
