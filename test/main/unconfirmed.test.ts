import { describe, expect, it } from 'vitest';
import { sayIn } from '../../electron/main/words.ts';
import { unconfirmedMessage } from '../../electron/main/unconfirmed.ts';

describe('what is said after the loads were stopped', () => {
  it.each([
    { unconfirmed: [], running: 2, says: undefined },
    { unconfirmed: ['Bitaxe 2'], running: 2, says: 'Bitaxe 2 did not confirm. Switch it off at its plug.' },
    { unconfirmed: undefined, running: 0, says: undefined },
    { unconfirmed: undefined, running: 1, says: expect.stringContaining('the running miners (1) have stopped') },
    { unconfirmed: undefined, running: 3, says: expect.stringContaining('the running miners (3) have stopped') },
  ])('$unconfirmed of $running', ({ unconfirmed, running, says }) => {
    expect(unconfirmedMessage(unconfirmed, running, sayIn('en'))).toEqual(says);
  });
});
