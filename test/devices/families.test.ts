import { expect, it } from 'vitest';
import { plantFamilies } from '#engine/devices/families.ts';
import { plantAdapters } from '#engine/devices/registry.ts';

const families = plantFamilies();

it('lists every family once, and none that cannot be opened', () => {
  const parts = ['goodwe-dt', 'goodwe-et', 'solaredge-storage'];
  expect(families.map(({ id }) => id).toSorted()).toEqual(
    Object.keys(plantAdapters)
      .filter((id) => !parts.includes(id))
      .toSorted(),
  );
});

/** `npx vitest run test/devices/families -u` writes the page anew. */
it('docs/supported-devices.md is current', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/supported-devices.md');
});

function page(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = families.map(({ id, vendor, models, transports, gives, curtailment, pollS }) =>
    [
      '',
      vendor,
      models.join(', '),
      `\`${id}\``,
      transports.join(', '),
      gives.join(', '),
      curtailment || '–',
      `${pollS} s`,
      '',
    ]
      .map(cell)
      .join(' | ')
      .trim(),
  );
  const setups = families
    .filter(({ setup }) => Object.keys(setup).length > 0)
    .map(
      ({ id, setup }) =>
        `- \`${id}\`: ${Object.entries(setup)
          .map(([key, what]) => `\`${key}\` – ${what}`)
          .join('; ')}`,
    );
  const sources = families.map(({ id, source }) => `- \`${id}\`: ${source}`);
  return `# Supported plant devices

Generated from the code (\`npx vitest run test/devices/families -u\`); ${families.length} families. Miners are listed elsewhere.
None of them was tried on hardware by this project yet: recorded replies and the vendors' documents stand behind them.

**Curtailment** says how a family shows that a plant is held back: **F** a flag or state, **L** a limit it tells, **B** the
battery takes no more, **H** raised frequency off the grid, **P** the power it could make. With – only inference is left.

| Vendor | Models | Family | Spoken to over | Tells | Curtailment | Poll no faster than |
|---|---|---|---|---|---|---|
${rows.join('\n')}

## What a family needs to be told

In the device's \`setup\`:

${setups.join('\n')}

## What cannot be read yet, and what to do instead

- Tesla Powerwall 3 and a Powerwall without its gateway's web page: TEDAPI takes live questions only with a signature that
  Tesla's own app carries. Put a meter at the grid point, or read the Powerwall through Home Assistant.
- Hoymiles sticks whose firmware of 2025 and newer encrypts: use OpenDTU, or a meter.
- Studer Xcom-LAN, which dials out by itself: switch its Modbus on (\`studer-xcom\`), or put a serial server on an Xcom-232i.
- SolaX sticks of other types over HTTP: use \`solax-hybrid\` or \`solax-mic\` over Modbus.
- RCT Power by its own protocol: read it through Home Assistant or MQTT.

## Where the numbers come from

${sources.join('\n')}
`;
}
