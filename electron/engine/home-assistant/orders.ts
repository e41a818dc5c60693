/** What may be chosen over MQTT. A boost buys energy: it is begun in the window alone. */
export const STEADY_MODES = ['off', 'observe', 'surplus'] as const;
export type SteadyMode = (typeof STEADY_MODES)[number];

/** All that Home Assistant can ask for. */
export type Order = { kind: 'mode'; mode: SteadyMode } | { kind: 'pause'; paused: boolean };

/** @returns undefined for whatever is not one of the few known words on one of the two known topics */
export function orderOf(base: string, topic: string, payload: string): Order | undefined {
  if (topic === `${base}/mode/set`) {
    const mode = STEADY_MODES.find((each) => each === payload);
    return mode && { kind: 'mode', mode };
  }
  if (topic === `${base}/pause/set` && (payload === 'ON' || payload === 'OFF'))
    return { kind: 'pause', paused: payload === 'ON' };
  return undefined;
}
