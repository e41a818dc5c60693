import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EngineEvent } from '#shared/contract/engine.ts';
import { LoadDevice } from '#shared/device.ts';
import { openLoadSession } from '#engine/miners/session.ts';
import { silentLog } from '#engine/system/log.ts';
import { lockstepClock } from '../support/lockstep-clock.ts';

const EVENING_MS = Date.UTC(2026, 5, 20, 23, 58);
const POLL_S = 300;
const NIGHT = [0, 0, 0, 0, 0, 0];
const LEVELS_W = [...NIGHT, 0, 150, 300, 450, 450, 250, 100, 400, 450, 200, 150, 0, ...NIGHT];
const IDLE_W = 15;

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'spillway-compute-day-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In place of nvidia-smi: a card that draws its limit while the job lives. */
function fakeGpu(): string {
  const tool = join(folder, 'smi');
  const script = `#!/bin/sh
for word in "$@"; do last=$word; done
case "$*" in *-pl*) echo "$last" >> ${folder}/limits; exit 0;; esac
limit=$(tail -n 1 ${folder}/limits)
draw=${IDLE_W}
[ -f ${folder}/pid ] && kill -0 "$(cat ${folder}/pid)" 2> /dev/null && draw=$limit
echo "Simulated RTX, $draw, $limit, 100.00, 450.00, 48"
`;
  writeFileSync(tool, script);
  writeFileSync(join(folder, 'limits'), '450\n');
  chmodSync(tool, 0o755);
  return tool;
}

it.runIf(process.platform === 'linux')(
  'a day of a program with a GPU: started, limited, stopped, and no storm',
  async () => {
    const clock = lockstepClock(EVENING_MS);
    const events: EngineEvent[] = [];
    const job = `echo $$ > ${folder}/pid; exec sleep 100000`;
    const device = LoadDevice.parse({
      id: 'job',
      name: 'Job',
      family: 'process',
      pollS: POLL_S,
      connection: { transport: 'process', start: ['/bin/sh', '-c', job], gpu: 0, nvidiaSmi: fakeGpu() },
      setup: { graceS: 1 },
    });
    const session = openLoadSession(device, {
      clock,
      log: silentLog,
      secret: () => undefined,
      random: () => 0.5,
      timeZone: 'UTC',
      onEvent: (event) => events.push(event),
    });
    const alive = () => {
      if (!existsSync(join(folder, 'pid'))) return false;
      const stat = `/proc/${readFileSync(join(folder, 'pid'), 'utf8').trim()}/stat`;
      return existsSync(stat) && !/\) Z/.test(readFileSync(stat, 'utf8'));
    };
    const limits = () => readFileSync(join(folder, 'limits'), 'utf8').trim().split('\n');
    await clock.advance(60_000);
    expect(session.model()).toMatchObject({ kind: 'compute', levels: { kind: 'range', minW: 100, maxW: 450 } });
    let wh = 0;
    for (const levelW of LEVELS_W) {
      for (let s = 0; s < 3600; s += POLL_S) {
        session.order(levelW, clock.now() + 3 * POLL_S * 1000);
        await clock.advance(POLL_S * 1000);
        wh += ((session.snapshot().draw?.value ?? Number.NaN) * POLL_S) / 3600;
      }
      expect(alive()).toBe(levelW > 0);
      expect(session.snapshot().drawSource).toBe('measured');
      if (levelW > 0) expect(limits().at(-1)).toBe(String(levelW));
    }
    const { startsToday, writesToday } = session.counts();
    console.log(`process: ${startsToday} starts, ${writesToday} writes a day, ${Math.round(wh)} Wh`);
    expect(startsToday).toBe(1);
    // One write for the start with its limit, one for each change of the level, one for the stop.
    expect(writesToday).toBe(10);
    // One limit for each change: 150, 300, 450, 250, 100, 400, 450, 200, 150, after the 450 it had.
    expect(limits()).toHaveLength(10);
    // Its levels add up to 2900 Wh, and 14 h of idling; each change is seen one poll late.
    expect(Math.abs(wh - (2900 + 14 * IDLE_W))).toBeLessThan(120);
    expect(events.map(({ id }) => id)).toEqual([]);
    await session.close();
  },
  60_000,
);
