import type { Site } from '#shared/site.ts';

/**
 * Commands run programs on this computer. They may come from the local site file, never over WebSocket, MQTT or an
 * imported file: whatever arrives there must hold the commands of before, or none.
 * @returns the places of commands that are new or changed
 */
export function strangeCommands(before: Site, after: Site): string[] {
  const known = new Set(commandsOf(before).map(({ text }) => text));
  return commandsOf(after).flatMap(({ place, text }) => (known.has(text) ? [] : [place]));
}

function commandsOf(site: Site): { place: string; text: string }[] {
  return site.loads.flatMap(({ connection }, i) =>
    connection.transport === 'process' ? [{ place: `loads.${i}.connection`, text: JSON.stringify(connection) }] : [],
  );
}
